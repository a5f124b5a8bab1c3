package dev.muster.portal.export;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class CsvTest {

    @Test
    void quotesWhatWouldBreakALine() {
        assertThat(Csv.line("a", null, 7, "b,c", "say \"no\"", "two\nlines", List.of("java", "kafka")))
                .isEqualTo("a,,7,\"b,c\",\"say \"\"no\"\"\",\"two\nlines\",java kafka\r\n");
    }

    @Test
    void takesTheSpellFromWhatASpreadsheetWouldRun() {
        assertThat(Csv.line("=HYPERLINK(1)", "+1+1", "@x", "-2", "-2+3", "\t=1"))
                .isEqualTo("'=HYPERLINK(1),'+1+1,'@x,-2,'-2+3,'\t=1\r\n");
    }
}
