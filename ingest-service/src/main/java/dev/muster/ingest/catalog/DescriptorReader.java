package dev.muster.ingest.catalog;

import dev.muster.engine.definition.DefinitionException;
import dev.muster.engine.definition.Mistakes;
import dev.muster.engine.definition.Nearest;
import dev.muster.engine.definition.Place;
import dev.muster.engine.definition.YamlFields;
import dev.muster.engine.definition.YamlNode;
import dev.muster.engine.definition.YamlNode.Mapping;
import dev.muster.engine.definition.YamlNode.Scalar;
import dev.muster.engine.definition.YamlNode.Sequence;
import dev.muster.engine.definition.YamlReader;
import dev.muster.ingest.json.CanonicalJson;
import dev.muster.ingest.subject.Subjects;
import dev.muster.schemas.v1.Entity;
import dev.muster.schemas.v1.Link;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads Backstage descriptors. What Muster does not use is passed over; what it uses must be right.
final class DescriptorReader {

    private static final List<String> KINDS =
            List.of("Component", "API", "Resource", "System", "Domain", "Group", "User");
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9](?:[-A-Za-z0-9_.]*[A-Za-z0-9])?");
    private static final String TIER = "muster.dev/tier";
    private static final int MAX_ANNOTATION = 5_000;

    private final Mistakes mistakes = new Mistakes();

    /// Reads all descriptors of a request.
    ///
    /// @param file name for mistakes, or null
    /// @param text YAML with any number of documents; JSON is YAML
    /// @throws DefinitionException with all mistakes of form; whether owners exist is not asked here
    static List<Described> read(@Nullable String file, String text) throws DefinitionException {
        var reader = new DescriptorReader();
        var described = new ArrayList<Described>();
        for (var document : YamlReader.read(file, text)) {
            for (var descriptor : descriptors(document)) {
                reader.descriptor(descriptor).ifPresent(described::add);
            }
        }
        reader.refuseTwins(described);
        if (described.isEmpty() && reader.mistakes.isEmpty()) {
            reader.mistakes.add(new Place(file, 1, 1, ""), "holds no descriptor");
        }
        reader.mistakes.throwIfAny();
        return described;
    }

    /// A document is a descriptor, a list of them, or an object with `items`.
    private static List<YamlNode> descriptors(YamlNode document) {
        return switch (document) {
            case Sequence sequence -> sequence.items();
            case Mapping mapping
            when mapping.get("kind") == null && mapping.get("items") instanceof Sequence items -> items.items();
            case Mapping mapping -> List.of(mapping);
            case Scalar scalar -> List.of(scalar);
        };
    }

    private void refuseTwins(List<Described> described) {
        var seen = new HashSet<String>();
        for (var one : described) {
            if (!seen.add(one.entity().getRef())) {
                mistakes.add(one.place(""), "'" + one.entity().getRef() + "' is described twice");
            }
        }
    }

    private Optional<Described> descriptor(YamlNode node) {
        if (!(node instanceof Mapping)) {
            mistakes.add(node, "expected a descriptor (kind, metadata, spec), found " + node.kind());
            return Optional.empty();
        }
        var root = all(node);
        var kind = kind(root);
        var metadata = all(root.required("metadata"));
        var name = name(metadata);
        var namespace = metadata.text("namespace").orElse("default");
        if (!NAME.matcher(namespace).matches() || namespace.length() > 63) {
            mistakes.add(
                    metadata.place("namespace"), "is no namespace: letters, digits, - _ . and 63 characters at most");
        }
        var spec = root.has("spec")
                ? all(root.required("spec"))
                : all(new Mapping(root.place("spec"), new java.util.LinkedHashMap<>()));
        if (kind.isEmpty() || name.isEmpty()) {
            return Optional.empty();
        }
        var self = EntityRef.parse(name, kind.get(), namespace);
        if (self.isEmpty()) {
            return Optional.empty();
        }
        var entity = entity(self.get(), kind.get(), namespace, name, metadata, spec);
        var places = new HashMap<String, Place>();
        places.put("", root.place());
        for (var field : List.of("owner", "dependsOn", "parent")) {
            if (spec.has(field)) {
                places.put(field, spec.place(field));
            } else {
                places.put(
                        field,
                        spec.place().line() == 0 ? root.place() : spec.place().key(field));
            }
        }
        return Optional.of(new Described(entity, places));
    }

    private YamlFields all(YamlNode node) {
        return YamlFields.of(
                node,
                mistakes,
                node instanceof Mapping mapping ? mapping.entries().keySet() : Set.of());
    }

    /// The fields of a mapping that may be absent.
    private YamlFields below(YamlFields fields, String key) {
        var node = fields.node(key);
        return node == null ? fields.fields(key, Set.of()) : all(node);
    }

    private Optional<String> kind(YamlFields root) {
        var kind = root.requiredText("kind");
        if (kind.isEmpty() || KINDS.contains(kind)) {
            return Optional.of(kind).filter(text -> !text.isEmpty());
        }
        mistakes.add(
                root.place("kind"),
                switch (kind) {
                    case "Scorecard" -> "a Scorecard is published with PUT /v1/scorecards";
                    case "Initiative" -> "an Initiative is declared with PUT /v1/initiatives";
                    default ->
                        "kind '" + kind + "' is not read here; known are " + String.join(", ", KINDS)
                                + Nearest.hint(kind, KINDS);
                });
        return Optional.empty();
    }

    private String name(YamlFields metadata) {
        var name = metadata.requiredText("name");
        if (name.isEmpty() || (NAME.matcher(name).matches() && name.length() <= 63)) {
            return name;
        }
        mistakes.add(metadata.place("name"), "is no name: letters, digits, - _ . between them, 63 characters at most");
        return "";
    }

    private Entity entity(
            EntityRef self, String kind, String namespace, String name, YamlFields metadata, YamlFields spec) {
        var annotations = annotations(metadata);
        var owner = owner(spec, kind, namespace);
        var claims = claims(self, metadata, annotations, owner, references(spec, "dependsOn", "component", namespace));
        var profile = below(spec, "profile");
        var entity = Entity.newBuilder()
                .setRef(self.toString())
                .setKind(kind)
                .setNamespace(namespace)
                .setName(name)
                .setTitle(metadata.text("title").orElse(null))
                .setDescription(metadata.text("description").orElse(null))
                .setType(spec.text("type").orElse(null))
                .setLifecycle(spec.text("lifecycle").orElse(null))
                .setOwner(owner)
                .setSystem(reference(spec, "system", "system", namespace))
                .setTier(tier(metadata, annotations))
                .setTags(metadata.texts("tags"))
                .setAnnotations(annotations)
                .setLinks(links(metadata))
                .setDependsOn(references(spec, "dependsOn", "component", namespace))
                .setProvidesApis(references(spec, "providesApis", "api", namespace))
                .setConsumesApis(references(spec, "consumesApis", "api", namespace))
                .setMembers(references(spec, "members", "user", namespace))
                .setParent(reference(spec, "parent", "group", namespace))
                .setDisplayName(profile.text("displayName").orElse(null))
                .setEmail(profile.text("email").orElse(null))
                .setClaims(claims)
                .setPaths(paths(metadata, annotations, claims))
                .setAppliedAt(Instant.EPOCH)
                .setAppliedBy("")
                .setDeliveryId("")
                .setDigest("")
                .build();
        entity = Entity.newBuilder(entity)
                .setDigest(CanonicalJson.sha256(entity.toString().getBytes(StandardCharsets.UTF_8)))
                .build();
        return entity;
    }

    private @Nullable String owner(YamlFields spec, String kind, String namespace) {
        var owner = reference(spec, "owner", "group", namespace);
        var nobody = !spec.has("owner")
                || (spec.node("owner") instanceof Scalar scalar && scalar.text().isBlank());
        if (nobody && kind.equals("Component")) {
            mistakes.add(spec.place("owner"), "a Component needs spec.owner: nobody would hear of it");
        }
        if (owner != null && !owner.startsWith("group:") && !owner.startsWith("user:")) {
            mistakes.add(
                    spec.place("owner"), "an owner is a Group or a User, not '" + owner + "': nobody would hear of it");
        }
        return owner;
    }

    private List<String> claims(
            EntityRef self,
            YamlFields metadata,
            Map<String, String> annotations,
            @Nullable String owner,
            List<String> dependsOn) {
        var claims = Claims.of(self, annotations, owner, dependsOn);
        for (var claim : claims) {
            Subjects.mistakeIn(claim)
                    .ifPresent(mistake -> mistakes.add(
                            metadata.place("annotations"), "the annotations claim '" + claim + "': " + mistake));
        }
        return List.copyOf(claims);
    }

    private Map<String, List<String>> paths(YamlFields metadata, Map<String, String> annotations, List<String> claims) {
        Claims.mistakeIn(annotations)
                .ifPresent(mistake ->
                        mistakes.add(all(metadata.required("annotations")).place(Claims.PATH), mistake));
        return Claims.paths(annotations, claims);
    }

    private Map<String, String> annotations(YamlFields metadata) {
        var annotations = new TreeMap<String, String>();
        if (!metadata.has("annotations")) {
            return annotations;
        }
        var fields = all(metadata.required("annotations"));
        if (metadata.node("annotations") instanceof Mapping mapping) {
            for (var key : mapping.entries().keySet()) {
                var value = fields.text(key).orElse("");
                if (value.length() > MAX_ANNOTATION) {
                    mistakes.add(fields.place(key), "an annotation has at most " + MAX_ANNOTATION + " characters");
                }
                annotations.put(key, value);
            }
        }
        return annotations;
    }

    private @Nullable Integer tier(YamlFields metadata, Map<String, String> annotations) {
        var text = annotations.get(TIER);
        if (text == null) {
            return null;
        }
        if (text.length() == 1 && text.charAt(0) >= '1' && text.charAt(0) <= '9') {
            return text.charAt(0) - '0';
        }
        var fields = all(metadata.required("annotations"));
        mistakes.add(fields.place(TIER), "a tier is a whole number from 1, the most critical, to 9; is '" + text + "'");
        return null;
    }

    private List<Link> links(YamlFields metadata) {
        var links = new ArrayList<Link>();
        for (var node : metadata.list("links")) {
            var link = all(node);
            var url = link.requiredText("url");
            if (!url.isEmpty()
                    && !url.startsWith("https://")
                    && !url.startsWith("http://")
                    && !url.startsWith("mailto:")) {
                mistakes.add(link.place("url"), "a link starts with https://, http:// or mailto:");
            }
            links.add(new Link(
                    url, link.text("title").orElse(null), link.text("type").orElse(null)));
        }
        return links;
    }

    private @Nullable String reference(YamlFields spec, String key, String kind, String namespace) {
        return spec.text(key)
                .filter(text -> !text.isEmpty())
                .flatMap(text -> completed(spec.place(key), text, kind, namespace))
                .orElse(null);
    }

    private List<String> references(YamlFields spec, String key, String kind, String namespace) {
        var references = new ArrayList<String>();
        for (var node : spec.list(key)) {
            if (node instanceof Scalar scalar) {
                completed(scalar.place(), scalar.text(), kind, namespace).ifPresent(references::add);
            } else {
                mistakes.add(node, "expected a reference, found " + node.kind());
            }
        }
        return references.stream().distinct().toList();
    }

    private Optional<String> completed(Place place, String text, String kind, String namespace) {
        var ref = EntityRef.parse(text, kind, namespace);
        if (ref.isEmpty()) {
            mistakes.add(place, "'" + text + "' is no reference; write [kind:][namespace/]name");
        }
        return ref.map(EntityRef::toString);
    }
}
