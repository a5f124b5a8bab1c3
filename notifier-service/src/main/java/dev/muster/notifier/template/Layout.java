package dev.muster.notifier.template;

import com.samskivert.mustache.Mustache;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/// A part of a message that a template makes.
///
/// @param name of its file below the folder, without `.mustache`; below `templates/` for the one that ships
/// @param escaper escapes what it shows for its channel
/// @param raw links that are made safe before, and may stand in `{{{…}}}`
/// @param more names that it may show and that the one that ships does not
/// @param examples what it is tried with: between them one of everything
public record Layout(
        String name,
        Mustache.Escaper escaper,
        Set<String> raw,
        Set<String> more,
        Supplier<List<Map<String, Object>>> examples) {

    public Layout {
        raw = Set.copyOf(raw);
        more = Set.copyOf(more);
    }

    /// The file below the folder.
    public String file() {
        return name + ".mustache";
    }

    /// The one that ships.
    LogicLess shipped() {
        try (InputStream source =
                Objects.requireNonNull(Layout.class.getResourceAsStream("/templates/" + file()), name)) {
            return LogicLess.compile(new String(source.readAllBytes(), StandardCharsets.UTF_8), escaper, raw);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (TemplateException e) {
            throw new IllegalStateException(file() + " that ships is broken", e);
        }
    }

    /// Reads another one and tries it.
    LogicLess read(String source) throws TemplateException {
        var template = LogicLess.compile(source, escaper, raw);
        var known = names(shipped());
        known.addAll(more);
        for (var name : names(template)) {
            if (!known.contains(name)) {
                throw new TemplateException(
                        new Mistake(place(source, name), "shows " + name + ", which is not there" + allowed(known)));
            }
        }
        try {
            for (var example : examples.get()) {
                template.tried(example);
            }
        } catch (TemplateException e) {
            throw new TemplateException(
                    new Mistake(e.mistake().line(), e.mistake().message() + " at that place" + allowed(known)));
        }
        return template;
    }

    private static String allowed(Set<String> known) {
        return "; there are " + String.join(", ", known);
    }

    private static int place(String source, String name) {
        var tag = Pattern.compile("\\{\\{[{#^&]?\\s*" + Pattern.quote(name) + "\\s*}")
                .matcher(source);
        return tag.find() ? LogicLess.line(source, tag.start()) : 1;
    }

    private static SortedSet<String> names(LogicLess template) {
        var names = new TreeSet<String>();
        template.visit(new Mustache.Visitor() {
            @Override
            public void visitText(String text) {}

            @Override
            public void visitVariable(String name) {
                names.add(name);
            }

            @Override
            public boolean visitInclude(String name) {
                names.add("> " + name);
                return false;
            }

            @Override
            public boolean visitParent(String name) {
                names.add("< " + name);
                return false;
            }

            @Override
            public boolean visitBlock(String name) {
                names.add("$ " + name);
                return false;
            }

            @Override
            public boolean visitSection(String name) {
                names.add(name);
                return true;
            }

            @Override
            public boolean visitInvertedSection(String name) {
                names.add(name);
                return true;
            }
        });
        return names;
    }
}
