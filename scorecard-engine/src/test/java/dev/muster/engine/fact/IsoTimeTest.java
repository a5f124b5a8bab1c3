package dev.muster.engine.fact;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IsoTimeTest {

    @Property
    void readsWhatTheFormatterReads(@ForAll("texts") String text) {
        assertThat(read(text)).isEqualTo(formatted(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-11-28T09:30:00Z",
                "2026-11-28T09:30:00.5Z",
                "2026-11-28T09:30:00.123456789Z",
                "2026-11-28T09:30:00.1234567890Z",
                "2026-11-28T09:30:00.Z",
                "2026-11-28T09:30:00.12x4Z",
                "2026-11-28T09:30:00,5Z",
                "2026-11-28T09:30Z",
                "2026-11-28T09:30:00+02:00",
                "2026-11-28t09:30:00z",
                "2026-11-28 09:30:00Z",
                "2026-02-29T00:00:00Z",
                "2024-02-29T23:59:59Z",
                "2026-11-28T24:00:00Z",
                "2026-11-28T23:59:60Z",
                "-2026-11-28T09:30:00Z",
                "+12026-11-28T09:30:00Z",
                "٢٠٢٦-11-28T09:30:00Z",
                "0000-01-01T00:00:00Z",
                "2026-11-28",
                "Z",
                ""
            })
    void readsAndRefusesTheSameForms(String text) {
        assertThat(read(text)).isEqualTo(formatted(text));
    }

    private static @Nullable Instant read(String text) {
        try {
            return IsoTime.parse(text);
        } catch (DateTimeException _) {
            return null;
        }
    }

    private static @Nullable Instant formatted(String text) {
        try {
            return OffsetDateTime.parse(text, DateTimeFormatter.ISO_OFFSET_DATE_TIME)
                    .toInstant();
        } catch (DateTimeException _) {
            return null;
        }
    }

    /// Instants, and texts that are nearly one: of one character another one.
    @Provide
    Arbitrary<String> texts() {
        var instants = Combinators.combine(
                        Arbitraries.longs().between(-62_135_596_800L, 253_402_300_799L),
                        Arbitraries.integers().between(0, 999_999_999))
                .as((seconds, nanos) -> Instant.ofEpochSecond(seconds, nanos % 3 == 0 ? 0 : nanos)
                        .toString());
        var nearly = Combinators.combine(
                        instants,
                        Arbitraries.integers().between(0, 40),
                        Arbitraries.chars().with("0123456789-:.TZtz+ x".toCharArray()))
                .as((text, place, other) -> {
                    var at = place % text.length();
                    return text.substring(0, at) + other + text.substring(at + 1);
                });
        return Arbitraries.oneOf(instants, nearly);
    }
}
