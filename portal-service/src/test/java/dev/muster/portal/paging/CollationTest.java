package dev.muster.portal.paging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.muster.portal.Operations;
import dev.muster.portal.Portal;
import dev.muster.portal.Story;
import dev.muster.schemas.v1.Outcome;
import dev.muster.schemas.v1.TransitionKind;
import dev.muster.testkit.TestBroker;
import dev.muster.testkit.TestPostgres;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jooq.DSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/// A database whose collation is that of English, as that of the PostgreSQL image is: `~` comes before
/// letters there, and `apple` before `Zebra`.
class CollationTest {

    private static final String LAST = "~";

    private static TestBroker broker;
    private static Portal portal;

    @BeforeAll
    static void tell() throws SQLException {
        broker = TestBroker.start();
        portal = Portal.start(broker, english(), Map.of());
        var story = new Story(portal, Instant.EPOCH);
        story.begin();
        var owners = new ArrayList<String>(List.of("group:default/Zebra", "group:default/apple", "group:default/mint"));
        owners.add(null);
        for (int i = 0; i < owners.size(); i++) {
            var entity = Story.component((i % 2 == 0 ? "B" : "a") + i, owners.get(i), 1);
            story.declare(entity);
            story.happen(
                    null,
                    Story.result(entity.getRef(), 1, null, Instant.now(), Map.of("coverage", Outcome.FAIL)),
                    TransitionKind.BASELINE,
                    Story.TEAM);
            var operations = new Operations(portal, entity.getRef(), owners.get(i));
            operations.tellOf("receipts", "receipt-" + i);
            operations.tellOf("initiatives", "initiative-" + i);
        }
        await().untilAsserted(() ->
                assertThat(portal.json("/api/v1/failing").path("items")).hasSize(4));
        portal.awaitTold();
    }

    @AfterAll
    static void stop() {
        portal.close();
        broker.close();
    }

    private static TestPostgres.Database english() throws SQLException {
        var other = TestPostgres.shared().newDatabase();
        try (var connection = DriverManager.getConnection(other.url(), other.user(), other.password());
                var statement = connection.createStatement()) {
            statement.execute("create database english template template0 locale_provider icu icu_locale 'en-US'");
            try (var row = statement.executeQuery(
                    "select '~' collate \"en-US-x-icu\" < 'a' and 'apple' collate \"en-US-x-icu\" < 'Zebra'")) {
                row.next();
                assertThat(row.getBoolean(1)).isTrue();
            }
        }
        return new TestPostgres.Database(
                other.url().replaceFirst("/test_\\d+", "/english"), other.user(), other.password());
    }

    @ParameterizedTest
    @CsvSource({
        "entities, owner, owner",
        "entities, name, ref",
        "failing, owner, owner",
        "failing, entity, entity",
        "receipts, owner, owner",
        "initiatives, owner, owner",
        "initiatives, title, title"
    })
    void sortsByCodePointWithWhatIsNotThereLast(String list, String sort, String field) {
        var whole = values(json(list + "?sort=" + sort + "&limit=200"), field);
        var turned = values(json(list + "?sort=-" + sort + "&limit=200"), field);

        assertThat(whole).hasSizeGreaterThan(3).isSorted();
        assertThat(turned).isEqualTo(whole.reversed());
        assertThat(pieces(list + "?sort=" + sort, field)).isEqualTo(whole);
        assertThat(pieces(list + "?sort=-" + sort, field)).isEqualTo(turned);
    }

    @Test
    void keepsEveryTextOfTheReadModelInThatOrder() {
        assertThat(portal.bean(DSLContext.class).fetch("""
                select table_name || '.' || column_name from information_schema.columns where table_schema = 'public'
                and data_type = 'text' and collation_name is distinct from 'C'""").getValues(0)).isEmpty();
        assertThat(portal.bean(DSLContext.class)
                        .fetchValue("select datlocprovider::text from pg_database where datname = current_database()"))
                .isEqualTo("i");
    }

    private static JsonNode json(String path) {
        return portal.json("/api/v1/" + path);
    }

    private static List<String> values(JsonNode list, String field) {
        var values = new ArrayList<String>();
        list.path("items")
                .forEach(it -> values.add(
                        it.path(field).isNull() ? LAST : it.path(field).asString()));
        return values;
    }

    private static List<String> pieces(String path, String field) {
        var values = new ArrayList<String>();
        var piece = json(path + "&limit=1");
        values.addAll(values(piece, field));
        while (!piece.path("next").isNull()) {
            piece = json(path + "&limit=1&cursor=" + piece.path("next").asString());
            values.addAll(values(piece, field));
        }
        return values;
    }
}
