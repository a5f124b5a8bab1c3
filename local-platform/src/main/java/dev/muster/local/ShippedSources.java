package dev.muster.local;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.muster.local.parts.StartFailure;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarFile;
import java.util.regex.Pattern;

/// The sources that ship, as the jar of the ingest service has them.
final class ShippedSources {

    private static final Pattern DEFINITION = Pattern.compile("BOOT-INF/classes/sources/([a-z0-9-]+)/source\\.yaml");

    private ShippedSources() {}

    /// The form that the secret of each has to have, by the name of the source.
    ///
    /// @throws StartFailure when the jar cannot be read
    static Map<String, Secrets.Form> secretsOf(Path jar) {
        var forms = new TreeMap<String, Secrets.Form>();
        try (var file = new JarFile(jar.toFile())) {
            for (var entry : file.stream().toList()) {
                var definition = DEFINITION.matcher(entry.getName());
                if (definition.matches()) {
                    var text = new String(file.getInputStream(entry).readAllBytes(), UTF_8);
                    forms.put(
                            definition.group(1),
                            text.contains("scheme: standard-webhooks")
                                    ? Secrets.Form.STANDARD_WEBHOOKS
                                    : Secrets.Form.TEXT);
                }
            }
        } catch (IOException e) {
            throw new StartFailure("cannot read " + jar + ": " + e.getMessage());
        }
        return forms;
    }
}
