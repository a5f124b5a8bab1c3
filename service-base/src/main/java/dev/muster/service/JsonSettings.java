package dev.muster.service;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import tools.jackson.core.StreamReadConstraints;

/// Limits of every JSON document that is read. Jackson's own are far wider, or none.
///
/// @param maxNesting depth of objects and arrays
/// @param maxDocument whole document
/// @param maxTokens values, names, brackets and braces together
/// @param maxString longest text, in characters
/// @param maxName longest name of a member, in characters
/// @param maxNumber longest number, in characters
@ConfigurationProperties(value = "muster.json", ignoreUnknownFields = false)
record JsonSettings(
        @DefaultValue("64") int maxNesting,
        @DefaultValue("25MB") DataSize maxDocument,
        @DefaultValue("1000000") int maxTokens,
        @DefaultValue("5000000") int maxString,
        @DefaultValue("1000") int maxName,
        @DefaultValue("100") int maxNumber) {

    JsonSettings {
        atLeastOne("max-nesting", maxNesting);
        atLeastOne("max-document", maxDocument.toBytes());
        atLeastOne("max-tokens", maxTokens);
        atLeastOne("max-string", maxString);
        atLeastOne("max-name", maxName);
        atLeastOne("max-number", maxNumber);
    }

    private static void atLeastOne(String name, long value) {
        if (value < 1) {
            throw new IllegalArgumentException("muster.json." + name + " must be above zero");
        }
    }

    static JsonSettings defaults() {
        return new JsonSettings(64, DataSize.ofMegabytes(25), 1_000_000, 5_000_000, 1000, 100);
    }

    StreamReadConstraints constraints() {
        return StreamReadConstraints.builder()
                .maxNestingDepth(maxNesting)
                .maxDocumentLength(maxDocument.toBytes())
                .maxTokenCount(maxTokens)
                .maxStringLength(maxString)
                .maxNameLength(maxName)
                .maxNumberLength(maxNumber)
                .build();
    }
}
