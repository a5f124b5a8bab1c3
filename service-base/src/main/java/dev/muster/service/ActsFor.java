package dev.muster.service;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// The person for whom a service calls another one, as a header says it: base64url of JSON with `name`, `roles`,
/// `groups` and `duties`. Counts with the token of [ActingSettings] only.
public final class ActsFor {

    public static final String HEADER = "Muster-Acts-For";

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final int LONGEST_NAME = 300;

    private ActsFor() {}

    private record Person(
            @Nullable String name,
            @Nullable Set<Role> roles,
            @Nullable Set<String> groups,
            @Nullable Set<String> duties) {}

    /// The value of the header.
    public static String write(Caller person) {
        var json = JSON.writeValueAsString(new Person(person.name(), person.roles(), person.groups(), person.duties()));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(json.getBytes(UTF_8));
    }

    /// Who is meant; empty when it cannot be read, lacks something, or names nobody.
    static Optional<Caller> read(String header) {
        try {
            var person = JSON.readValue(new String(Base64.getUrlDecoder().decode(header), UTF_8), Person.class);
            return person == null
                            || person.name == null
                            || person.roles == null
                            || person.groups == null
                            || person.duties == null
                            || !isName(person.name)
                    ? Optional.empty()
                    : Optional.of(new Caller(person.name, person.roles, person.groups, person.duties));
        } catch (IllegalArgumentException | NullPointerException | JacksonException _) {
            return Optional.empty();
        }
    }

    private static boolean isName(String name) {
        return !name.isBlank() && name.length() <= LONGEST_NAME && name.chars().noneMatch(Character::isISOControl);
    }
}
