package dev.muster.notifier.template;

import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.MustacheException;
import com.samskivert.mustache.MustacheParseException;
import com.samskivert.mustache.Template;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// A Mustache template: no logic, no other files, and whatever it shows is escaped, but for links that are
/// made safe before.
public final class LogicLess {

    /// What is not escaped, or changes what escapes.
    private static final Pattern RAW = Pattern.compile("\\{\\{(?:\\{\\s*([^}\\s]*)\\s*}|&\\s*([^}\\s]*)|(=))");

    private static final Pattern LINE = Pattern.compile("line (\\d{1,6})");
    private static final Pattern LINES = Pattern.compile("\n");

    private final Template template;

    private LogicLess(Template template) {
        this.template = template;
    }

    /// Reads a template, and does not try it.
    ///
    /// @param raw names that may stand in `{{{…}}}`
    public static LogicLess compile(String source, Mustache.Escaper escaper, Set<String> raw) throws TemplateException {
        var found = RAW.matcher(source);
        while (found.find()) {
            var name = found.group(1) == null ? found.group(2) : found.group(1);
            if (name == null || !raw.contains(name)) {
                throw new TemplateException(new Mistake(
                        line(source, found.start()),
                        "may not have {{{…}}}, {{&…}} or {{=…=}}: all that it shows is escaped"
                                + (raw.isEmpty()
                                        ? ""
                                        : ", but for "
                                                + raw.stream()
                                                        .sorted()
                                                        .map(it -> "{{{" + it + "}}}")
                                                        .collect(Collectors.joining(" and ")))));
            }
        }
        try {
            return new LogicLess(Mustache.compiler()
                    .withEscaper(escaper)
                    .nullValue("")
                    .withLoader(name -> {
                        throw new UnsupportedOperationException("{{>" + name + "}}: it has no other templates in it");
                    })
                    .compile(source));
        } catch (MustacheParseException e) {
            throw new TemplateException(new Mistake(lineOf(e), reason(e)));
        } catch (MustacheException | UnsupportedOperationException e) {
            throw new TemplateException(new Mistake(1, reason(e)));
        }
    }

    /// What it makes of `context`.
    ///
    /// @throws TemplateException when it asks for what there is not
    public String tried(Object context) throws TemplateException {
        try {
            return execute(context);
        } catch (MustacheException.Context e) {
            throw new TemplateException(new Mistake(Math.max(1, e.lineNo), "shows " + e.key + ", which is not there"));
        } catch (MustacheException | UnsupportedOperationException e) {
            throw new TemplateException(new Mistake(1, reason(e)));
        }
    }

    /// The same, of a template that was tried.
    public String execute(Object context) {
        return template.execute(context);
    }

    void visit(Mustache.Visitor visitor) {
        template.visit(visitor);
    }

    static int line(String source, int at) {
        return 1 + (int) LINES.matcher(source.substring(0, at)).results().count();
    }

    /// The library tells it in its words only.
    private static int lineOf(MustacheParseException e) {
        var told = LINE.matcher(String.valueOf(e.getMessage()));
        return told.find() ? Math.max(1, Integer.parseInt(told.group(1))) : 1;
    }

    private static String reason(RuntimeException e) {
        return "is not a template that can be used: " + e.getMessage();
    }
}
