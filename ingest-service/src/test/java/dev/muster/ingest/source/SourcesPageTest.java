package dev.muster.ingest.source;

import static java.util.stream.Collectors.joining;

import dev.muster.testkit.GeneratedPage;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// The page of the sources that ship, from their definitions.
class SourcesPageTest {

    private static final String ANY = "[any fact](facts.md) but Muster's own, in the words of `POST /v1/facts`";

    private static final List<SourceDefinition> SOURCES = Shipped.SOURCES.all().stream()
            .sorted(Comparator.comparing(source -> source.title().toLowerCase(Locale.ROOT)))
            .toList();

    @Test
    void tellsEverySource() {
        var text = new StringBuilder("""
                # Sources

                Tools that report to Muster. A source becomes a connection of the same name as soon as it has a secret: `MUSTER_SECRET_` and its name in upper case with `_` for `-`, such as
                `MUSTER_SECRET_GITHUB`, or `muster.connections.NAME.secret`. Several instances of one tool are several connections, see [configuration](configuration.md). `<muster>` is the address
                of the ingest service as the tool sees it. A source of your own is [a folder with a file](../ingest-service/sources/README.md).

                | source | connection | tells |
                |---|---|---|
                """);
        for (var source : SOURCES) {
            text.append("| [%s](#%s) | `%s` | %s |\n"
                    .formatted(source.title(), anchor(source.title()), source.name(), facts(source)));
        }
        SOURCES.forEach(source -> text.append(section(source)));
        new GeneratedPage("sources.md").whole(text.toString());
    }

    /// As GitHub makes it of a heading.
    private static String anchor(String title) {
        return title.toLowerCase(Locale.ROOT).replaceAll("[^\\p{Alnum} _-]", "").replace(' ', '-');
    }

    private static String facts(SourceDefinition source) {
        var links = source.mappings().stream()
                .flatMap(mapping -> mapping.facts().stream())
                .flatMap(fact -> fact.facts().stream())
                .collect(Collectors.toCollection(TreeSet::new))
                .stream()
                .map(SourcesPageTest::link);
        var any = source.mappings().stream().anyMatch(mapping -> mapping.told() != null);
        return Stream.concat(links, any ? Stream.of(ANY) : Stream.empty()).collect(joining(", "));
    }

    private static String changes(Mapping mapping) {
        var changes = mapping.facts().stream()
                .flatMap(fact -> fact.facts().stream()
                        .map(name -> fact.change().name().toLowerCase(Locale.ROOT) + " " + link(name)));
        return Stream.concat(changes, mapping.told() == null ? Stream.empty() : Stream.of(ANY))
                .distinct()
                .collect(joining(", "));
    }

    private static String link(String fact) {
        return "[%s](facts.md#%s)".formatted(fact, fact.toLowerCase(Locale.ROOT));
    }

    private static String section(SourceDefinition source) {
        var text = new StringBuilder("\n## %s\n\n".formatted(source.title()));
        Optional.ofNullable(source.about().docs())
                .ifPresent(docs -> text.append("[What it sends](%s). ".formatted(docs)));
        text.append("%s. Proof: %s. %s.%s\n"
                .formatted(
                        nature(source.nature()),
                        ProofInWords.of(source.authentication()),
                        errors(source.onError()),
                        origin(source.about().examplesFrom())));
        text.append("\n**Setting it up**\n\n");
        var number = 1;
        for (var step : source.about().setup()) {
            text.append("%d. %s\n".formatted(number++, step));
        }
        text.append("\n| read as | of events | changes |\n|---|---|---|\n");
        for (var mapping : source.mappings()) {
            text.append("| %s | %s | %s |\n"
                    .formatted(
                            mapping.name(),
                            new TreeSet<>(mapping.events())
                                    .stream().map(event -> "`" + event + "`").collect(joining(", ")),
                            changes(mapping)));
        }
        text.append("\n%sTaken as %s.\n".formatted(kept(source), types(source)));
        return text.toString();
    }

    private static String kept(SourceDefinition source) {
        return source.keepHeaders().isEmpty()
                ? ""
                : "Headers that are kept: "
                        + new TreeSet<>(source.keepHeaders())
                                .stream().map(name -> "`" + name + "`").collect(joining(", "))
                        + ". ";
    }

    private static String types(SourceDefinition source) {
        return new TreeSet<>(source.contentTypes())
                .stream().map(type -> "`" + type + "`").collect(joining(", "));
    }

    private static String nature(Nature nature) {
        return switch (nature) {
            case STATE -> "It tells how something is now";
            case SNAPSHOT -> "It tells all that there is: what is absent is resolved";
            case DELTA -> "It tells that something changed";
        };
    }

    private static String errors(OnError onError) {
        return switch (onError) {
            case RETRIES -> "Its sender tries again after an error";
            case GIVES_UP -> "Its sender never tries again after an error";
        };
    }

    private static String origin(@Nullable ExamplesFrom from) {
        return switch (from) {
                    case DOCUMENTATION ->
                        " **No authentic example could be had**: the mapping follows the vendor's documentation";
                    case VENDOR_TESTS -> " Its examples have the shape of payloads that the vendor publishes";
                    case CAPTURED -> " Its examples have the shape of what an installation sent";
                    case null -> "";
                }
                + (from == null ? "" : ".");
    }
}
