package dev.muster.schemas;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.Locale;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.types.Password;
import org.jspecify.annotations.Nullable;

/// Whom to trust at the registry, and who one is there. Without a store of trust, the JDK's own counts.
///
/// @param trust certificates of the registry or of who issued them; JKS, PKCS12 or PEM
/// @param key certificate and key of one's own; JKS or PKCS12
/// @param keyPassword of the key, when it is not that of its store
record RegistryTls(
        @Nullable Store trust,
        @Nullable Store key,
        @Nullable Password keyPassword) {

    /// A file with certificates or keys.
    ///
    /// @param property that names the file, for messages
    record Store(String property, String location, @Nullable Password password, String type) {

        private static final String PEM = "PEM";

        private KeyStore open() throws GeneralSecurityException, IOException {
            if (type.toUpperCase(Locale.ROOT).equals(PEM)) {
                return ofCertificates();
            }
            var store = KeyStore.getInstance(type);
            try (var in = Files.newInputStream(Path.of(location))) {
                store.load(in, characters(password));
            }
            return store;
        }

        private KeyStore ofCertificates() throws GeneralSecurityException, IOException {
            var store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            try (var in = Files.newInputStream(Path.of(location))) {
                for (var certificate : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                    store.setCertificateEntry("trusted-" + store.size(), certificate);
                }
            }
            return store;
        }

        private ConfigException unusable(Exception because) {
            var why = because.getMessage() == null ? because.getClass().getSimpleName() : because.getMessage();
            return new ConfigException("%s: %s cannot be used as %s (%s). Check the file, its type and its password"
                    .formatted(property, location, type, why));
        }
    }

    /// Reads the files.
    ///
    /// @throws ConfigException naming the property, when a file cannot be used
    SSLContext context() {
        try {
            var context = SSLContext.getInstance("TLS");
            context.init(
                    key == null ? null : keys(key).getKeyManagers(),
                    trust == null ? null : trusted(trust).getTrustManagers(),
                    null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK has TLS", e);
        }
    }

    private static TrustManagerFactory trusted(Store store) {
        try {
            var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(store.open());
            return factory;
        } catch (GeneralSecurityException | IOException e) {
            throw store.unusable(e);
        }
    }

    private KeyManagerFactory keys(Store store) {
        try {
            var factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            factory.init(store.open(), characters(keyPassword == null ? store.password() : keyPassword));
            return factory;
        } catch (GeneralSecurityException | IOException e) {
            throw store.unusable(e);
        }
    }

    private static char @Nullable [] characters(@Nullable Password password) {
        return password == null ? null : password.value().toCharArray();
    }
}
