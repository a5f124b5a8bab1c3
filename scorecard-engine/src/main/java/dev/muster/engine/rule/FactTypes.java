package dev.muster.engine.rule;

import com.google.common.collect.ImmutableCollection;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.cel.common.types.CelType;
import dev.cel.common.types.CelTypeProvider;
import dev.cel.common.types.ListType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.common.types.StructType;
import dev.muster.engine.fact.FactCatalogue;
import dev.muster.engine.fact.FactDeclaration;
import dev.muster.engine.fact.FactType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// The CEL types of `entity`, `facts`, `params` and each fact.
///
/// Items of a collection have two fields more than their declaration says, unless it says them: `item`, the
/// id of the item, and `subject`, what it is about.
final class FactTypes {

    static final String ITEM = "item";
    static final String SUBJECT = "subject";

    private static final Map<String, CelType> ENTITY_FIELDS = Map.ofEntries(
            Map.entry("ref", SimpleType.STRING),
            Map.entry("kind", SimpleType.STRING),
            Map.entry("namespace", SimpleType.STRING),
            Map.entry("name", SimpleType.STRING),
            Map.entry("title", SimpleType.STRING),
            Map.entry("type", SimpleType.STRING),
            Map.entry("lifecycle", SimpleType.STRING),
            Map.entry("owner", SimpleType.STRING),
            Map.entry("system", SimpleType.STRING),
            Map.entry("tier", SimpleType.INT),
            Map.entry("dependsOn", ListType.create(SimpleType.STRING)),
            Map.entry("dataClasses", ListType.create(SimpleType.STRING)),
            Map.entry("traits", ListType.create(SimpleType.STRING)),
            Map.entry("tags", ListType.create(SimpleType.STRING)),
            Map.entry("annotations", MapType.create(SimpleType.STRING, SimpleType.STRING)));

    /// Type of `entity`.
    static final StructType ENTITY = struct("muster.entity", ENTITY_FIELDS);

    private final ImmutableMap<String, CelType> facts;
    private final Map<String, StructType> structs = new LinkedHashMap<>();
    private final StructType all;

    FactTypes(FactCatalogue catalogue) {
        var types = new TreeMap<String, CelType>();
        for (var declaration : catalogue.declarations()) {
            types.put(declaration.name(), type(declaration));
        }
        this.facts = ImmutableMap.copyOf(types);
        this.all = struct("muster.facts", facts);
        structs.put(ENTITY.name(), ENTITY);
        structs.put(all.name(), all);
    }

    private CelType type(FactDeclaration declaration) {
        return switch (declaration.type()) {
            case FactType.Simple simple -> simple(simple);
            case FactType.Structure structure -> structure(declaration.name(), structure, Map.of());
            case FactType.CollectionOf(var item) ->
                ListType.create(structure(
                        declaration.name(), item, Map.of(ITEM, SimpleType.STRING, SUBJECT, SimpleType.STRING)));
        };
    }

    private StructType structure(String name, FactType.Structure structure, Map<String, CelType> more) {
        var fields = new LinkedHashMap<>(more);
        structure.fields().forEach((field, declared) -> fields.put(field, simple(declared.type())));
        var struct = struct("muster." + name, fields);
        structs.put(struct.name(), struct);
        return struct;
    }

    private static CelType simple(FactType.Simple type) {
        return switch (type) {
            case BOOL -> SimpleType.BOOL;
            case INT -> SimpleType.INT;
            case DOUBLE -> SimpleType.DOUBLE;
            case STRING -> SimpleType.STRING;
            case TIMESTAMP -> SimpleType.TIMESTAMP;
            case STRING_LIST -> ListType.create(SimpleType.STRING);
        };
    }

    private static StructType struct(String name, Map<String, CelType> fields) {
        var copy = ImmutableMap.copyOf(fields);
        return StructType.create(name, copy.keySet(), field -> Optional.ofNullable(copy.get(field)));
    }

    /// Names of all facts.
    Set<String> facts() {
        return facts.keySet();
    }

    /// Facts with their types.
    Map<String, CelType> declared() {
        return facts;
    }

    /// Type of a declared fact.
    CelType typeOf(String fact) {
        return facts.getOrDefault(fact, SimpleType.DYN);
    }

    /// Type of `facts`.
    StructType all() {
        return all;
    }

    /// Names of the fields of a fact or of `entity`; empty for anything else.
    Set<String> fieldsOf(String name) {
        var struct = structs.get("muster." + name);
        return struct == null ? Set.of() : struct.fieldNames();
    }

    /// Types of params by their values.
    static Map<String, CelType> paramTypes(Map<String, Object> params) {
        var types = new TreeMap<String, CelType>();
        params.forEach((name, value) -> types.put(
                name,
                switch (value) {
                    case Boolean _ -> SimpleType.BOOL;
                    case Long _, Integer _ -> SimpleType.INT;
                    case Double _ -> SimpleType.DOUBLE;
                    case List<?> _ -> ListType.create(SimpleType.STRING);
                    default -> SimpleType.STRING;
                }));
        return types;
    }

    /// Type of `params`.
    static StructType params(Map<String, CelType> types) {
        return struct("muster.params", types);
    }

    /// Finds the types that expressions name.
    CelTypeProvider provider(StructType params) {
        var known = ImmutableMap.<String, StructType>builder()
                .putAll(structs)
                .put(params.name(), params)
                .buildKeepingLast();
        return new CelTypeProvider() {
            @Override
            public ImmutableCollection<CelType> types() {
                return ImmutableList.copyOf(known.values());
            }

            @Override
            public Optional<CelType> findType(String name) {
                return Optional.ofNullable(known.get(name));
            }
        };
    }
}
