package dev.muster.engine.definition;

import dev.muster.engine.definition.YamlNode.Mapping;
import dev.muster.engine.definition.YamlNode.Scalar;
import dev.muster.engine.definition.YamlNode.ScalarKind;
import dev.muster.engine.definition.YamlNode.Sequence;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlVersionException;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.resolver.ScalarResolver;
import org.snakeyaml.engine.v2.scanner.StreamReader;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/// Reads YAML of strangers into [YamlNode]s that know their places.
///
/// Refuses what definitions do not need and attackers like: anchors and aliases (bombs), tags, duplicate
/// keys, keys that are not text, more than [#MAX_CHARACTERS] characters, deeper than [#MAX_DEPTH], more than
/// [#MAX_NODES] nodes.
public final class YamlReader {

    public static final int MAX_CHARACTERS = 1 << 20;
    public static final int MAX_DEPTH = 32;
    public static final int MAX_NODES = 50_000;

    private static final LoadSettings SETTINGS = LoadSettings.builder()
            .setCodePointLimit(MAX_CHARACTERS + 1)
            .setSchema(new CoreSchema())
            .build();
    private static final ScalarResolver RESOLVER = new CoreSchema().getScalarResolver();

    private final @Nullable String file;
    private final int[] source;
    private final Mistakes mistakes = new Mistakes();
    private Iterator<Event> events = List.<Event>of().iterator();
    private int nodes;

    private YamlReader(@Nullable String file, String yaml) {
        this.file = file;
        this.source = yaml.codePoints().toArray();
    }

    /// Reads all documents of a file; empty ones are left out.
    ///
    /// @throws DefinitionException with every mistake found until reading had to stop
    public static List<YamlNode> read(@Nullable String file, String yaml) throws DefinitionException {
        var text = yaml.startsWith("\uFEFF") ? yaml.substring(1) : yaml;
        if (text.length() > MAX_CHARACTERS) {
            throw new DefinitionException(List.of(
                    new Mistake(file, 1, 1, "", "has " + text.length() + " characters, more than " + MAX_CHARACTERS)));
        }
        var reader = new YamlReader(file, text);
        var documents = reader.documents(text);
        reader.mistakes.throwIfAny();
        return documents;
    }

    /// Reads a file that holds exactly one document.
    public static YamlNode readOne(@Nullable String file, String yaml) throws DefinitionException {
        var documents = read(file, yaml);
        if (documents.size() == 1) {
            return documents.getFirst();
        }
        var place = documents.isEmpty()
                ? new Place(file, 1, 1, "")
                : documents.get(1).place();
        var message = documents.isEmpty() ? "is empty" : "holds more than one document; one is expected";
        throw new DefinitionException(List.of(new Mistake(file, place.line(), place.column(), "", message)));
    }

    private List<YamlNode> documents(String yaml) {
        var documents = new ArrayList<YamlNode>();
        try {
            events = new Parse(SETTINGS).parseString(yaml).iterator();
            while (events.hasNext()) {
                var event = events.next();
                if (event instanceof NodeEvent node) {
                    var read = read(node, "", 1);
                    if (!(read instanceof Scalar scalar && scalar.type() == ScalarKind.NULL)) {
                        documents.add(read);
                    }
                }
            }
        } catch (TooMuch _) {
            return documents; // the mistake is already noted
        } catch (MarkedYamlEngineException broken) {
            var mark = broken.getProblemMark().or(broken::getContextMark);
            mistakes.add(place(mark, ""), "is not YAML: " + problem(broken));
        } catch (ReaderException _) {
            mistakes.add(unprintable());
        } catch (YamlVersionException _) {
            mistakes.add(new Place(file, 1, 1, ""), "is not YAML 1.2; remove the line that begins with %YAML");
        } catch (YamlEngineException broken) {
            mistakes.add(new Place(file, 1, 1, ""), "is not YAML: " + broken.getMessage());
        }
        return documents;
    }

    /// The first character that YAML does not allow, which the parser names without its place.
    private Mistake unprintable() {
        var line = 1;
        var lineStart = 0;
        var at = 0;
        for (; at < source.length && StreamReader.isPrintable(source[at]); at++) {
            if (source[at] == '\n') {
                line++;
                lineStart = at + 1;
            }
        }
        var character = at < source.length ? "U+%04X".formatted(source[at]) : "";
        return new Mistake(
                file,
                line,
                at - lineStart + 1,
                "",
                "is not YAML: the character %s may not stand here; remove it".formatted(character));
    }

    private static String problem(MarkedYamlEngineException broken) {
        var problem = Optional.ofNullable(broken.getProblem()).orElse("unreadable");
        return broken.getContext() == null ? problem : broken.getContext() + ", " + problem;
    }

    private YamlNode read(NodeEvent event, String path, int depth) throws TooMuch {
        var place = place(event.getStartMark(), path);
        if (++nodes > MAX_NODES) {
            throw tooMuch(place, "has more than " + MAX_NODES + " nodes");
        }
        if (depth > MAX_DEPTH) {
            throw tooMuch(place, "is nested deeper than " + MAX_DEPTH);
        }
        if (event instanceof AliasEvent) {
            mistakes.add(place, "aliases are not read; write the value out");
            return nothing(place);
        }
        if (event.getAnchor().isPresent()) {
            mistakes.add(
                    place,
                    "anchors are not read; remove &" + event.getAnchor().get().getValue());
        }
        return switch (event) {
            case ScalarEvent scalar -> scalar(scalar, place);
            case MappingStartEvent start -> mapping(refuseTag(start, place), place, depth);
            case SequenceStartEvent start -> sequence(refuseTag(start, place), place, depth);
            default -> nothing(place);
        };
    }

    private <E extends CollectionStartEvent> E refuseTag(E start, Place place) {
        start.getTag().ifPresent(tag -> mistakes.add(place, "tags are not read; remove " + tag));
        return start;
    }

    private Scalar scalar(ScalarEvent event, Place place) {
        event.getTag().ifPresent(tag -> mistakes.add(place, "tags are not read; remove " + tag));
        var index = event.getStartMark().map(Mark::getIndex).orElse(0);
        var type = event.isPlain() ? type(RESOLVER.resolve(event.getValue(), true)) : ScalarKind.TEXT;
        return new Scalar(place, event.getValue(), type, new ScalarSource(source, index, event.getScalarStyle()));
    }

    private static ScalarKind type(Tag tag) {
        if (tag.equals(Tag.NULL)) {
            return ScalarKind.NULL;
        } else if (tag.equals(Tag.BOOL)) {
            return ScalarKind.BOOL;
        } else if (tag.equals(Tag.INT)) {
            return ScalarKind.INT;
        }
        return tag.equals(Tag.FLOAT) ? ScalarKind.FLOAT : ScalarKind.TEXT;
    }

    private Sequence sequence(SequenceStartEvent start, Place place, int depth) throws TooMuch {
        assert start != null;
        var items = new ArrayList<YamlNode>();
        while (events.next() instanceof NodeEvent item) {
            items.add(read(item, place.path() + "[" + items.size() + "]", depth + 1));
        }
        return new Sequence(place, List.copyOf(items));
    }

    private Mapping mapping(MappingStartEvent start, Place place, int depth) throws TooMuch {
        assert start != null;
        var entries = new LinkedHashMap<String, Mapping.Entry>();
        while (events.next() instanceof NodeEvent keyEvent) {
            var key = read(keyEvent, place.path(), depth + 1);
            var name = key instanceof Scalar scalar ? scalar.text() : "?";
            if (!(key instanceof Scalar)) {
                mistakes.add(key, "a key must be text, not " + key.kind());
            }
            var path = place.path().isEmpty() ? name : place.path() + "." + name;
            var value = read((NodeEvent) events.next(), path, depth + 1);
            if (entries.putIfAbsent(name, new Mapping.Entry(key.place(), value)) != null) {
                mistakes.add(key.place().key(name), "the key '" + name + "' is there twice");
            }
        }
        return new Mapping(place, entries);
    }

    private Scalar nothing(Place place) {
        return new Scalar(
                place,
                "",
                ScalarKind.NULL,
                new ScalarSource(source, 0, org.snakeyaml.engine.v2.common.ScalarStyle.PLAIN));
    }

    private Place place(Optional<Mark> mark, String path) {
        return new Place(
                file,
                mark.map(Mark::getLine).orElse(0) + 1,
                mark.map(Mark::getColumn).orElse(0) + 1,
                path);
    }

    private TooMuch tooMuch(Place place, String message) {
        mistakes.add(place, message);
        return new TooMuch();
    }

    /// Reading stops: going on would cost what the bound protects.
    private static final class TooMuch extends Exception {
        TooMuch() {
            super(null, null, false, false);
        }
    }
}
