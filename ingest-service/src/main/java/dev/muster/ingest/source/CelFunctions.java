package dev.muster.ingest.source;

import com.github.packageurl.MalformedPackageURLException;
import com.github.packageurl.PackageURL;
import dev.cel.common.CelFunctionDecl;
import dev.cel.common.CelOverloadDecl;
import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelFunctionBinding;
import dev.muster.ingest.json.CanonicalJson;
import dev.muster.ingest.payload.Fields;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What the expressions of source definitions can call besides CEL's own functions.
///
/// - `ts(any)`: the time that a text or number says in any usual form; nothing for nothing, an error for
///   what is no time
/// - `lower(string)`: the text in lower case
/// - `digest(any)`: 16 hex digits of the content's SHA-256
/// - `slug(any)`: `host/owner/name` of a repository's address, in lower case; the empty text when it is none
/// - `purl(any)`: `type`, `namespace`, `name` and `version` of a package URL, those that are there; an empty
///   map when it is none
/// - `spread(list, string)`: what lies in a list within each object of a list, such as `results.failed`: for each
///   `it`, the object `of` which it is, and the path `at` which it was
/// - `keyed(list, string)`: the objects of a list by the text in that member of theirs, the first of each
/// - `number(any)`: a number, or the number that a text says, as a double; nothing when it is none
final class CelFunctions {

    private static final int MAX_NUMBER = 40;
    private static final Pattern NUMBER = Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d{1,3})?");

    static final List<CelFunctionDecl> DECLARATIONS = List.of(
            declaration("ts", SimpleType.DYN, SimpleType.DYN),
            declaration("lower", SimpleType.STRING, SimpleType.STRING),
            declaration("digest", SimpleType.STRING, SimpleType.DYN),
            declaration("slug", SimpleType.STRING, SimpleType.DYN),
            declaration("purl", MapType.create(SimpleType.STRING, SimpleType.STRING), SimpleType.DYN),
            declaration("number", SimpleType.DYN, SimpleType.DYN),
            CelFunctionDecl.newFunctionDeclaration(
                    "keyed",
                    CelOverloadDecl.newGlobalOverload(
                            "keyed_overload",
                            MapType.create(SimpleType.STRING, SimpleType.DYN),
                            ListType.create(SimpleType.DYN),
                            SimpleType.STRING)),
            CelFunctionDecl.newFunctionDeclaration(
                    "spread",
                    CelOverloadDecl.newGlobalOverload(
                            "spread_overload",
                            ListType.create(SimpleType.DYN),
                            ListType.create(SimpleType.DYN),
                            SimpleType.STRING)));

    static final List<CelFunctionBinding> BINDINGS = List.of(
            CelFunctionBinding.from("ts_overload", Object.class, CelFunctions::time),
            CelFunctionBinding.from("lower_overload", String.class, text -> text.toLowerCase(Locale.ROOT)),
            CelFunctionBinding.from(
                    "digest_overload",
                    Object.class,
                    value -> CanonicalJson.digest(value).substring(0, 16)),
            CelFunctionBinding.from("slug_overload", Object.class, told -> RepositoryAddress.slug(text(told))),
            CelFunctionBinding.from("purl_overload", Object.class, told -> packageUrl(text(told))),
            CelFunctionBinding.from("number_overload", Object.class, CelFunctions::number),
            CelFunctionBinding.from("keyed_overload", List.class, String.class, CelFunctions::keyed),
            CelFunctionBinding.from("spread_overload", List.class, String.class, CelFunctions::spread));

    private CelFunctions() {}

    private static CelFunctionDecl declaration(String name, CelType result, CelType argument) {
        return CelFunctionDecl.newFunctionDeclaration(
                name, CelOverloadDecl.newGlobalOverload(name + "_overload", result, argument));
    }

    private static Object time(Object told) throws CelEvaluationException {
        try {
            var read = TimeText.read(told);
            return read.isPresent() ? read.get() : Optional.empty();
        } catch (DateTimeException | NumberFormatException e) {
            throw new CelEvaluationException("ts(): '" + told + "' is no time", e);
        }
    }

    private static Object number(@Nullable Object told) {
        return switch (told) {
            case Optional<?> maybe -> number(maybe.orElse(null));
            case Number number -> number.doubleValue();
            case String text
            when text.strip().length() <= MAX_NUMBER
                    && NUMBER.matcher(text.strip()).matches() -> Double.valueOf(text.strip());
            case null, default -> Optional.empty();
        };
    }

    private static Map<String, String> packageUrl(String text) {
        try {
            var url = new PackageURL(text);
            var parts = new TreeMap<String, String>();
            put(parts, "type", url.getType());
            put(parts, "namespace", url.getNamespace());
            put(parts, "name", url.getName());
            put(parts, "version", url.getVersion());
            return parts;
        } catch (MalformedPackageURLException | RuntimeException _) {
            return Map.of();
        }
    }

    private static void put(Map<String, String> parts, String name, @Nullable String value) {
        if (value != null && !value.isEmpty()) {
            parts.put(name, value);
        }
    }

    private static Map<String, Object> keyed(List<?> objects, String member) {
        var byText = new HashMap<String, Object>();
        for (var object : objects) {
            if (object instanceof Map<?, ?> map && map.get(member) instanceof String text) {
                byText.putIfAbsent(text, object);
            }
        }
        return Fields.of(byText);
    }

    private static List<Object> spread(List<?> objects, String path) {
        var names = path.split("\\.", -1);
        var all = new ArrayList<Object>();
        for (var object : objects) {
            Object inner = object;
            for (var name : names) {
                inner = inner instanceof Map<?, ?> map ? map.get(name) : null;
            }
            if (inner instanceof List<?> list) {
                list.forEach(it -> all.add(Fields.of(Map.of("of", object, "it", it, "at", path))));
            }
        }
        return all;
    }

    private static String text(@Nullable Object told) {
        return switch (told) {
            case Optional<?> maybe -> text(maybe.orElse(null));
            case String text -> text.strip();
            case null, default -> "";
        };
    }
}
