package dev.muster.evaluator.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.records.UnusableRecordException;
import org.junit.jupiter.api.Test;

class KeysTest {

    @Test
    void noKeyBeginsWithThePrefixOfAnother() {
        assertThat(Keys.of("repo:a|b", "fact")).doesNotStartWith(Keys.prefix("repo:a"));
        assertThat(Keys.of("repo:a", "fact")).startsWith(Keys.prefix("repo:a"));
    }

    @Test
    void givesItsPartsBack() {
        var key = Keys.of("component:default/a", "alerts", "repo:x");

        assertThat(Keys.part(key, 0)).isEqualTo("component:default/a");
        assertThat(Keys.part(key, 2)).isEqualTo("repo:x");
    }

    @Test
    void refusesANul() {
        assertThatThrownBy(() -> Keys.of("a\0b")).isInstanceOf(UnusableRecordException.class);
    }

    @Test
    void comparesAsStoresDo() {
        var emoji = "😀";
        var fullwidth = "！";
        assertThat(fullwidth.compareTo(emoji)).as("Java's order").isPositive();
        assertThat(Keys.compare(fullwidth, emoji)).as("the order of bytes").isNegative();
        assertThat(Keys.compare("a", Keys.after("a"))).isNegative();
    }
}
