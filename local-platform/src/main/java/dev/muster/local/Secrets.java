package dev.muster.local;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// The secrets of one data folder, in `secrets.env`: made at the first start, readable by the user only,
/// kept from then on.
///
/// The file has lines `NAME=value`, so that a shell can read it: `. .muster/secrets.env`. What a newer
/// version needs besides is added at its first start.
///
/// @param values by name; those that begin with `MUSTER_SECRET_` are of webhooks
record Secrets(Map<String, String> values) {

    static final String TOKEN = "MUSTER_TOKEN";

    /// Of a second person, who decides what the first one asks for.
    static final String APPROVER = "MUSTER_TOKEN_OF_APPROVER";

    /// By which the portal acts for whoever signed in there.
    static final String ACTING = "MUSTER_ACTING_TOKEN";

    static final String GITHUB = "MUSTER_SECRET_GITHUB";
    static final String ALERTMANAGER = "MUSTER_SECRET_ALERTMANAGER";
    static final String DATABASE = "MUSTER_DATABASE_PASSWORD";

    private static final List<String> NAMES = List.of(TOKEN, APPROVER, ACTING, GITHUB, ALERTMANAGER, DATABASE);
    private static final String WEBHOOK = "MUSTER_SECRET_";
    private static final int BYTES = 24;
    private static final int STANDARD_BYTES = 32;

    /// How a secret has to be written.
    enum Form {
        /// Any text that stands in an address as it is.
        TEXT,
        /// As Standard Webhooks has it.
        STANDARD_WEBHOOKS
    }

    Secrets {
        values = Map.copyOf(values);
    }

    /// Reads the file, and first makes what is missing in it.
    ///
    /// @param sources names of the sources that are to have a secret, each with the form of it
    static Secrets in(Path file, Map<String, Form> sources) throws IOException {
        var values = Files.exists(file) ? read(file) : new LinkedHashMap<String, String>();
        var wanted = new LinkedHashMap<String, Form>();
        NAMES.forEach(name -> wanted.put(name, Form.TEXT));
        new TreeMap<>(sources).forEach((source, form) -> wanted.put(variable(source), form));
        var missing = wanted.keySet().stream()
                .filter(name -> !values.containsKey(name))
                .toList();
        if (!missing.isEmpty()) {
            if (!Files.exists(file)) {
                create(file);
            }
            var added = new StringBuilder();
            for (var name : missing) {
                var secret = random(requireNonNull(wanted.get(name)));
                values.put(name, secret);
                added.append(name).append('=').append(secret).append('\n');
            }
            Files.writeString(file, added, StandardOpenOption.APPEND, StandardOpenOption.SYNC);
        }
        return new Secrets(values);
    }

    String get(String name) {
        var value = values.get(name);
        if (value == null) {
            throw new IllegalArgumentException("no secret " + name);
        }
        return value;
    }

    /// The secret of every webhook, by the name of its variable: those of the sources, and what the user
    /// has added.
    Map<String, String> webhooks() {
        var webhooks = new HashMap<>(values);
        webhooks.keySet().removeIf(name -> !name.startsWith(WEBHOOK));
        return webhooks;
    }

    private static String variable(String source) {
        return WEBHOOK + source.toUpperCase(Locale.ROOT).replace('-', '_');
    }

    /// Never prints a secret.
    @Override
    public String toString() {
        return "Secrets" + values.keySet().stream().sorted().toList();
    }

    private static Map<String, String> read(Path file) throws IOException {
        var values = new LinkedHashMap<String, String>();
        for (var line : Files.readAllLines(file)) {
            var equals = line.indexOf('=');
            if (equals > 0 && !line.startsWith("#")) {
                values.put(
                        line.substring(0, equals).strip(),
                        line.substring(equals + 1).strip());
            }
        }
        return values;
    }

    private static void create(Path file) throws IOException {
        var onlyOwner = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        Files.createFile(file, onlyOwner);
        Files.writeString(file, "# Made by muster up. Delete the file to get new ones, except for the database's.\n");
    }

    private static String random(Form form) {
        var bytes = new byte[form == Form.TEXT ? BYTES : STANDARD_BYTES];
        new SecureRandom().nextBytes(bytes);
        return switch (form) {
            case TEXT -> Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
            case STANDARD_WEBHOOKS -> "whsec_" + Base64.getEncoder().encodeToString(bytes);
        };
    }
}
