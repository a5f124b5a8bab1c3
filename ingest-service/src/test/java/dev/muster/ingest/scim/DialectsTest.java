package dev.muster.ingest.scim;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

class DialectsTest {

    private static final JsonMapper JSON = JsonMapper.shared();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{'Operations':[{'op':'Add','path':'a.b','value':{'c.d':1}}]} | {'Operations':[{'op':'Add','path':'a.b','value':{'c.d':1}}]}",
                "{'Operations':[{'op':'add','value':{'a':1,'b.c':2}}]} | {'Operations':[{'op':'add','value':{'a':1}},{'op':'add','path':'b.c','value':2}]}",
                "{'Operations':[{'op':'add','value':{'e[t eq x].v':2}}]} | {'Operations':[{'op':'add','path':'e[t eq x].v','value':2}]}",
                "{'Operations':[{'op':'add','value':{'urn:x:2.0:User:d':2}}]} | {'Operations':[{'op':'add','value':{'urn:x:2.0:User:d':2}}]}",
                "{'Operations':[{'op':'replace','value':{'id':'1','schemas':[],'a':1}}]} | {'Operations':[{'op':'replace','value':{'a':1}}]}",
                "{'Operations':'no list'} | {'Operations':'no list'}",
                "[1] | [1]"
            })
    void becomeTheStandard(String sent, String standard) {
        assertThat(Dialects.standard(JSON.readTree(sent.replace('\'', '"'))))
                .isEqualTo(JSON.readTree(standard.replace('\'', '"')));
    }
}
