package dev.muster.schemas;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigDef.ValidString;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.types.Password;
import org.jspecify.annotations.Nullable;

/// How to reach the registry, read from Confluent's property names; each may also carry the prefix `schema.registry.`,
/// and those of TLS have to, because without it they are Kafka's.
///
/// The waits are far shorter than Confluent's, because a sender of a webhook may be waiting behind them.
///
/// @param urls addresses without credentials, in the order in which they are asked
/// @param authorization value of the Authorization header, or null
/// @param tls null when nothing is said about it
record RegistrySettings(
        List<String> urls,
        @Nullable Password authorization,
        @Nullable RegistryTls tls,
        Duration connectTimeout,
        Duration readTimeout,
        int retries,
        Duration retryWait,
        Duration retryMaxWait,
        Duration latestTtl) {

    static final String URL = "schema.registry.url";
    private static final String PREFIX = "schema.registry.";
    private static final String BASIC_SOURCE = "basic.auth.credentials.source";
    private static final String BASIC_USER = "basic.auth.user.info";
    private static final String BEARER_SOURCE = "bearer.auth.credentials.source";
    private static final String BEARER_TOKEN = "bearer.auth.token";

    private static final String TRUST = PREFIX + "ssl.truststore.";
    private static final String KEY = PREFIX + "ssl.keystore.";
    private static final String KEY_PASSWORD = PREFIX + "ssl.key.password";
    private static final ValidString TRUST_TYPES = ValidString.in("JKS", "PKCS12", "PEM");
    private static final ValidString KEY_TYPES = ValidString.in("JKS", "PKCS12");

    private static final ConfigDef DEFINITION = new ConfigDef()
            .define(URL, ConfigDef.Type.LIST, ConfigDef.NO_DEFAULT_VALUE, Importance.HIGH, "Addresses of the registry.")
            .define(
                    BASIC_SOURCE,
                    ConfigDef.Type.STRING,
                    "URL",
                    ValidString.in("URL", "USER_INFO"),
                    Importance.MEDIUM,
                    "")
            .define(BASIC_USER, ConfigDef.Type.PASSWORD, "", Importance.MEDIUM, "user:password")
            .define(BEARER_SOURCE, ConfigDef.Type.STRING, "", ValidString.in("", "STATIC_TOKEN"), Importance.MEDIUM, "")
            .define(BEARER_TOKEN, ConfigDef.Type.PASSWORD, "", Importance.MEDIUM, "The token.")
            .define(TRUST + "location", ConfigDef.Type.STRING, "", Importance.MEDIUM, "Whom to trust.")
            .define(TRUST + "password", ConfigDef.Type.PASSWORD, "", Importance.MEDIUM, "")
            .define(TRUST + "type", ConfigDef.Type.STRING, "JKS", TRUST_TYPES, Importance.LOW, "")
            .define(KEY + "location", ConfigDef.Type.STRING, "", Importance.MEDIUM, "Who one is.")
            .define(KEY + "password", ConfigDef.Type.PASSWORD, "", Importance.MEDIUM, "")
            .define(KEY + "type", ConfigDef.Type.STRING, "JKS", KEY_TYPES, Importance.LOW, "")
            .define(KEY_PASSWORD, ConfigDef.Type.PASSWORD, "", Importance.LOW, "When not that of its store.")
            .define("http.connect.timeout.ms", ConfigDef.Type.LONG, 2000L, Range.atLeast(1), Importance.LOW, "")
            .define("http.read.timeout.ms", ConfigDef.Type.LONG, 5000L, Range.atLeast(1), Importance.LOW, "")
            .define(
                    "max.retries",
                    ConfigDef.Type.INT,
                    3,
                    Range.between(0, 100),
                    Importance.LOW,
                    "Rounds after the first.")
            .define(
                    "retries.wait.ms",
                    ConfigDef.Type.LONG,
                    100L,
                    Range.atLeast(0),
                    Importance.LOW,
                    "Before the first retry.")
            .define(
                    "retries.max.wait.ms",
                    ConfigDef.Type.LONG,
                    2000L,
                    Range.atLeast(0),
                    Importance.LOW,
                    "Before any retry.")
            .define(
                    "latest.cache.ttl.sec",
                    ConfigDef.Type.LONG,
                    -1L,
                    Range.atLeast(-1),
                    Importance.LOW,
                    "-1 is for ever.");

    static RegistrySettings from(Map<String, ?> config) {
        var values = new AbstractConfig(DEFINITION, ofInterest(config), false);
        var urls = new ArrayList<String>();
        var userInfo = "";
        for (var each : values.getList(URL)) {
            var uri = address(each);
            userInfo = uri.getUserInfo() == null ? userInfo : uri.getUserInfo();
            urls.add(withoutUserInfo(uri));
        }
        if (urls.isEmpty()) {
            throw new ConfigException(URL + " is empty: give the address of the schema registry");
        }
        return new RegistrySettings(
                List.copyOf(urls),
                authorization(values, userInfo),
                tls(values),
                millis(values, "http.connect.timeout.ms"),
                millis(values, "http.read.timeout.ms"),
                values.getInt("max.retries"),
                millis(values, "retries.wait.ms"),
                millis(values, "retries.max.wait.ms"),
                Duration.ofSeconds(values.getLong("latest.cache.ttl.sec")));
    }

    private static Map<String, Object> ofInterest(Map<String, ?> config) {
        var found = new HashMap<String, Object>();
        for (var name : DEFINITION.names()) {
            Object value = config.get(name);
            if (value == null) {
                value = config.get(PREFIX + name);
            }
            if (value != null) {
                found.put(name, value);
            }
        }
        return found;
    }

    private static URI address(String text) {
        // What is wrong is not repeated: an address may hold a password.
        try {
            var uri = URI.create(text.strip());
            if (uri.getScheme() != null && uri.getRawAuthority() != null) {
                return uri;
            }
        } catch (IllegalArgumentException _) {
            // answered below
        }
        throw new ConfigException(URL + " holds something that is not an address such as http://host:8081");
    }

    private static String withoutUserInfo(URI uri) {
        var text = uri.toString();
        if (uri.getRawUserInfo() != null) {
            text = text.replaceFirst("//[^@/]*@", "//");
        }
        return text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
    }

    private static @Nullable Password authorization(AbstractConfig values, String userInfoOfUrl) {
        if (values.getString(BEARER_SOURCE).equals("STATIC_TOKEN")) {
            return new Password("Bearer " + required(values, BEARER_TOKEN, BEARER_SOURCE + "=STATIC_TOKEN"));
        }
        var user = values.getString(BASIC_SOURCE).equals("USER_INFO")
                ? required(values, BASIC_USER, BASIC_SOURCE + "=USER_INFO")
                : userInfoOfUrl;
        if (user.isEmpty()) {
            return null;
        }
        return new Password("Basic " + Base64.getEncoder().encodeToString(user.getBytes(UTF_8)));
    }

    private static @Nullable RegistryTls tls(AbstractConfig values) {
        var trust = store(values, TRUST);
        var key = store(values, KEY);
        return trust == null && key == null ? null : new RegistryTls(trust, key, password(values, KEY_PASSWORD));
    }

    private static RegistryTls.@Nullable Store store(AbstractConfig values, String prefix) {
        var location = values.getString(prefix + "location");
        return location.isBlank()
                ? null
                : new RegistryTls.Store(
                        prefix + "location",
                        location,
                        password(values, prefix + "password"),
                        values.getString(prefix + "type"));
    }

    private static @Nullable Password password(AbstractConfig values, String name) {
        var password = values.getPassword(name);
        return password.value().isEmpty() ? null : password;
    }

    private static String required(AbstractConfig values, String name, String because) {
        var value = values.getPassword(name).value();
        if (value.isBlank()) {
            throw new ConfigException(name + " is needed with " + because);
        }
        return value;
    }

    private static Duration millis(AbstractConfig values, String name) {
        return Duration.ofMillis(values.getLong(name));
    }
}
