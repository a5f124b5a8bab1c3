package dev.muster.portal.readmodel;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.table;
import static org.jooq.impl.SQLDataType.BIGINT;
import static org.jooq.impl.SQLDataType.BOOLEAN;
import static org.jooq.impl.SQLDataType.CLOB;
import static org.jooq.impl.SQLDataType.INSTANT;
import static org.jooq.impl.SQLDataType.INTEGER;
import static org.jooq.impl.SQLDataType.JSONB;

import java.time.Instant;
import org.jooq.Converter;
import org.jooq.DataType;
import org.jooq.Field;
import org.jooq.JSONB;
import org.jooq.Record;
import org.jooq.Table;

/// The tables of the read model as jOOQ sees them, one nested class a table.
public final class ReadModel {

    /// PostgreSQL keeps no NUL in a text, and strangers can send one.
    private static final DataType<String> TEXT = CLOB.asConvertedDataType(
            Converter.ofNullable(String.class, String.class, text -> text, text -> text.replace('\0', '\uFFFD')));

    private static final DataType<String[]> TEXTS = TEXT.array();

    private ReadModel() {}

    /// Where each partition goes on.
    public static final class Position {
        public static final Table<Record> POSITION = table(name("projected_position"));
        public static final Field<String> TOPIC = of("topic", TEXT);
        public static final Field<Integer> PARTITION = of("partition_id", INTEGER);
        public static final Field<String> TOPIC_ID = of("topic_id", TEXT);
        public static final Field<Long> NEXT_OFFSET = of("next_offset", BIGINT);

        private Position() {}

        private static <T> Field<T> of(String column, DataType<T> type) {
            return column("projected_position", column, type);
        }
    }

    /// Entities of the catalogue.
    public static final class Entity {
        public static final Table<Record> ENTITY = table(name("entity"));
        public static final Field<String> REF = of("ref", TEXT);
        public static final Field<String> KIND = of("kind", TEXT);
        public static final Field<String> NAMESPACE = of("namespace", TEXT);
        public static final Field<String> NAME = of("name", TEXT);
        public static final Field<String> TITLE = of("title", TEXT);
        public static final Field<String> TYPE = of("type", TEXT);
        public static final Field<String> LIFECYCLE = of("lifecycle", TEXT);
        public static final Field<String> OWNER = of("owner", TEXT);
        public static final Field<String> SYSTEM = of("system", TEXT);
        public static final Field<Integer> TIER = of("tier", INTEGER);
        public static final Field<String[]> TAGS = of("tags", TEXTS);
        public static final Field<JSONB> DETAILS = of("details", JSONB);
        public static final Field<Instant> APPLIED_AT = of("applied_at", INSTANT);

        private Entity() {}

        private static <T> Field<T> of(String column, DataType<T> type) {
            return column("entity", column, type);
        }
    }

    /// Which entity claims which subject.
    public static final class Claim {
        public static final Table<Record> CLAIM = table(name("claim"));
        public static final Field<String> ENTITY = of("entity", TEXT);
        public static final Field<String> SUBJECT = of("subject", TEXT);

        private Claim() {}

        private static <T> Field<T> of(String column, DataType<T> type) {
            return column("claim", column, type);
        }
    }

    /// Scorecards as published.
    public static final class Scorecard {
        public static final Table<Record> SCORECARD = table(name("scorecard"));
        public static final Field<String> NAME = of("name", TEXT);
        public static final Field<String> TITLE = of("title", TEXT);
        public static final Field<String> DESCRIPTION = of("description", TEXT);
        public static final Field<String> OWNER = of("owner", TEXT);
        public static final Field<Integer> VERSION = of("version", INTEGER);
        public static final Field<String> APPLIES_TO = of("applies_to", TEXT);
        public static final Field<String[]> LEVELS = of("levels", TEXTS);
        public static final Field<Boolean> DRAFT = of("draft", BOOLEAN);
        public static final Field<JSONB> RULES = of("rules", JSONB);
        public static final Field<Instant> PUBLISHED_AT = of("published_at", INSTANT);
        public static final Field<String> PUBLISHED_BY = of("published_by", TEXT);

        private Scorecard() {}

        private static <T> Field<T> of(String column, DataType<T> type) {
            return column("scorecard", column, type);
        }
    }

    /// Initiatives as declared.
    public static final class Initiative {
        public static final Table<Record> INITIATIVE = table(name("initiative"));
        public static final Field<String> NAME = of("name", TEXT);
        public static final Field<String> TITLE = of("title", TEXT);
        public static final Field<String> DESCRIPTION = of("description", TEXT);
        public static final Field<String> OWNER = of("owner", TEXT);
        public static final Field<String> SCORECARD = of("scorecard", TEXT);
        public static final Field<String> LEVEL = of("level", TEXT);
        public static final Field<String[]> RULES = of("rules", TEXTS);
        public static final Field<String> APPLIES_TO = of("applies_to", TEXT);
        public static final Field<Instant> STARTS_AT = of("starts_at", INSTANT);
        public static final Field<Instant> DUE = of("due", INSTANT);
        public static final Field<Instant> APPLIED_AT = of("applied_at", INSTANT);
        public static final Field<String> APPLIED_BY = of("applied_by", TEXT);

        private Initiative() {}

        private static <T> Field<T> of(String column, DataType<T> type) {
            return column("initiative", column, type);
        }
    }

    /// Current results. `rule_ids` and `outcomes` run in parallel, in the order of the scorecard.
    public static final class Result {
        public static final Table<Record> RESULT = table(name("result"));
        public static final Field<String> ENTITY = of("entity", TEXT);
        public static final Field<String> SCORECARD = of("scorecard", TEXT);
        public static final Field<Integer> SCORECARD_VERSION = of("scorecard_version", INTEGER);
        public static final Field<Long> VERSION = of("version", BIGINT);
        public static final Field<String> LEVEL = of("level", TEXT);
        public static final Field<Integer> SCORE = of("score", INTEGER);
        public static final Field<Integer> COVERAGE = of("coverage", INTEGER);
        public static final Field<Instant> EVALUATED_AT = of("evaluated_at", INSTANT);
        public static final Field<Instant> NEXT_CHANGE_AT = of("next_change_at", INSTANT);
        public static final Field<String[]> RULE_IDS = of("rule_ids", TEXTS);
        public static final Field<String[]> OUTCOMES = of("outcomes", TEXTS);
        public static final Field<JSONB> RULES = of("rules", JSONB);
        public static final Field<JSONB> CAUSE = of("cause", JSONB);

        private Result() {}

        private static <T> Field<T> of(String column, DataType<T> type) {
            return column("result", column, type);
        }
    }

    /// Transitions, the history.
    public static final class Transition {
        public static final Table<Record> TRANSITION = table(name("transition"));
        public static final Field<Instant> AT = of("at", INSTANT);
        public static final Field<String> ID = of("id", TEXT);
        public static final Field<String> ENTITY = of("entity", TEXT);
        public static final Field<String> SCORECARD = of("scorecard", TEXT);
        public static final Field<String> SCORECARD_TITLE = of("scorecard_title", TEXT);
        public static final Field<Integer> SCORECARD_VERSION = of("scorecard_version", INTEGER);
        public static final Field<Long> VERSION = of("version", BIGINT);
        public static final Field<String> KIND = of("kind", TEXT);
        public static final Field<String> LEVEL_BEFORE = of("level_before", TEXT);
        public static final Field<String> LEVEL_AFTER = of("level_after", TEXT);
        public static final Field<Integer> SCORE_BEFORE = of("score_before", INTEGER);
        public static final Field<Integer> SCORE_AFTER = of("score_after", INTEGER);
        public static final Field<Integer> COVERAGE_BEFORE = of("coverage_before", INTEGER);
        public static final Field<Integer> COVERAGE_AFTER = of("coverage_after", INTEGER);
        public static final Field<JSONB> CHANGES = of("changes", JSONB);
        public static final Field<JSONB> CAUSE = of("cause", JSONB);
        public static final Field<String> SOURCE = of("source", TEXT);
        public static final Field<String> DELIVERY_ID = of("delivery_id", TEXT);
        public static final Field<String> OWNER = of("owner", TEXT);
        public static final Field<Integer> TIER = of("tier", INTEGER);
        public static final Field<Boolean> NOTIFY = of("notify", BOOLEAN);

        private Transition() {}

        private static <T> Field<T> of(String column, DataType<T> type) {
            return column("transition", column, type);
        }
    }

    /// Subjects that facts were reported about.
    public static final class Subject {
        public static final Table<Record> SUBJECT_TABLE = table(name("subject"));
        public static final Field<String> SUBJECT = of("subject", TEXT);
        public static final Field<String[]> FACTS = of("facts", TEXTS);
        public static final Field<Instant> FIRST_SEEN_AT = of("first_seen_at", INSTANT);
        public static final Field<Instant> LAST_SEEN_AT = of("last_seen_at", INSTANT);
        public static final Field<String> SOURCE = of("source", TEXT);
        public static final Field<String> CONNECTION = of("connection", TEXT);
        public static final Field<String> DELIVERY_ID = of("delivery_id", TEXT);
        public static final Field<String> MOVED_TO = of("moved_to", TEXT);
        public static final Field<Boolean> DELETED = of("deleted", BOOLEAN);
        public static final Field<Instant> WHEREABOUTS_AT = of("whereabouts_at", INSTANT);
        public static final Field<Integer> WHEREABOUTS_RANK = of("whereabouts_rank", INTEGER);

        private Subject() {}

        private static <T> Field<T> of(String column, DataType<T> type) {
            return column("subject", column, type);
        }
    }

    /// Deliveries without their bodies.
    public static final class Delivery {
        public static final Table<Record> DELIVERY = table(name("delivery"));
        public static final Field<String> CONNECTION = of("connection", TEXT);
        public static final Field<String> ID = of("id", TEXT);
        public static final Field<String> SOURCE = of("source", TEXT);
        public static final Field<String> EVENT = of("event", TEXT);
        public static final Field<Instant> RECEIVED_AT = of("received_at", INSTANT);
        public static final Field<String> CONTENT_TYPE = of("content_type", TEXT);
        public static final Field<Integer> SIZE = of("size", INTEGER);

        private Delivery() {}

        private static <T> Field<T> of(String column, DataType<T> type) {
            return column("delivery", column, type);
        }
    }

    /// What became of messages.
    public static final class Receipt {
        public static final Table<Record> RECEIPT = table(name("receipt"));
        public static final Field<String> NOTIFICATION_ID = of("notification_id", TEXT);
        public static final Field<String> CHANNEL = of("channel", TEXT);
        public static final Field<String> DESTINATION = of("destination", TEXT);
        public static final Field<String> STATE = of("state", TEXT);
        public static final Field<String> REASON = of("reason", TEXT);
        public static final Field<Integer> ATTEMPTS = of("attempts", INTEGER);
        public static final Field<Instant> AT = of("at", INSTANT);
        public static final Field<String> OWNER = of("owner", TEXT);
        public static final Field<String[]> ENTITIES = of("entities", TEXTS);
        public static final Field<String[]> TRANSITION_IDS = of("transition_ids", TEXTS);
        public static final Field<String[]> DELIVERY_IDS = of("delivery_ids", TEXTS);

        private Receipt() {}

        private static <T> Field<T> of(String column, DataType<T> type) {
            return column("receipt", column, type);
        }
    }

    /// Dead letters without their bytes.
    public static final class DeadLetter {
        public static final Table<Record> DEAD_LETTER = table(name("dead_letter"));
        public static final Field<String> TOPIC = of("topic", TEXT);
        public static final Field<Integer> PARTITION = of("partition_id", INTEGER);
        public static final Field<Long> OFFSET = of("record_offset", BIGINT);
        public static final Field<String> SERVICE = of("service", TEXT);
        public static final Field<String> STAGE = of("stage", TEXT);
        public static final Field<String> REASON = of("reason", TEXT);
        public static final Field<String> MESSAGE = of("message", TEXT);
        public static final Field<String> KEY = of("key", TEXT);
        public static final Field<Integer> SIZE = of("size", INTEGER);
        public static final Field<Instant> RECORDED_AT = of("recorded_at", INSTANT);
        public static final Field<Instant> FAILED_AT = of("failed_at", INSTANT);

        private DeadLetter() {}

        private static <T> Field<T> of(String column, DataType<T> type) {
            return column("dead_letter", column, type);
        }
    }

    /// Who did what, by the record that says so.
    public static final class Audit {
        public static final Table<Record> AUDIT = table(name("audit"));
        public static final Field<String> TOPIC = of("topic", TEXT);
        public static final Field<Integer> PARTITION = of("partition_id", INTEGER);
        public static final Field<Long> OFFSET = of("record_offset", BIGINT);
        public static final Field<Instant> AT = of("at", INSTANT);
        public static final Field<String> ACTOR = of("actor", TEXT);
        public static final Field<String> ACTION = of("action", TEXT);
        public static final Field<String> KIND = of("kind", TEXT);
        public static final Field<String> ABOUT = of("about", TEXT);
        public static final Field<String> RULE = of("rule", TEXT);
        public static final Field<String> SCORECARD = of("scorecard", TEXT);
        public static final Field<String> BEFORE = of("before", TEXT);
        public static final Field<String> AFTER = of("after", TEXT);
        public static final Field<String> COMMENT = of("comment", TEXT);
        public static final Field<String> SOURCE = of("source", TEXT);
        public static final Field<String> REQUEST_ID = of("request_id", TEXT);

        private Audit() {}

        private static <T> Field<T> of(String column, DataType<T> type) {
            return column("audit", column, type);
        }
    }

    /// Which facts a delivery told about a subject.
    public static final class Told {
        public static final Table<Record> TOLD = table(name("told"));
        public static final Field<String> DELIVERY_ID = of("delivery_id", TEXT);
        public static final Field<String> SUBJECT = of("subject", TEXT);
        public static final Field<String[]> FACTS = of("facts", TEXTS);
        public static final Field<Instant> TOLD_AT = of("told_at", INSTANT);

        private Told() {}

        private static <T> Field<T> of(String column, DataType<T> type) {
            return column("told", column, type);
        }
    }

    /// How connections report.
    public static final class Connection {
        public static final Table<Record> CONNECTION = table(name("connection"));
        public static final Field<String> NAME = of("name", TEXT);
        public static final Field<String> SOURCE = of("source", TEXT);
        public static final Field<Long> ACCEPTED = of("accepted", BIGINT);
        public static final Field<Long> REJECTED = of("rejected", BIGINT);
        public static final Field<Long> FAILED = of("failed", BIGINT);
        public static final Field<Instant> LAST_ACCEPTED_AT = of("last_accepted_at", INSTANT);
        public static final Field<Instant> LAST_MAPPED_AT = of("last_mapped_at", INSTANT);
        public static final Field<Instant> SILENT_SINCE = of("silent_since", INSTANT);
        public static final Field<Instant> REJECTING_SINCE = of("rejecting_since", INSTANT);
        public static final Field<Instant> FAILING_SINCE = of("failing_since", INSTANT);
        public static final Field<JSONB> DETAILS = of("details", JSONB);

        private Connection() {}

        private static <T> Field<T> of(String column, DataType<T> type) {
            return column("connection", column, type);
        }
    }

    /// Attestations and exemptions.
    public static final class Waiver {
        public static final Table<Record> WAIVER = table(name("waiver"));
        public static final Field<String> KIND = of("kind", TEXT);
        public static final Field<String> ID = of("id", TEXT);
        public static final Field<String> ENTITY = of("entity", TEXT);
        public static final Field<String> RULE = of("rule", TEXT);
        public static final Field<String> SCORECARD = of("scorecard", TEXT);
        public static final Field<String> FINDING = of("finding", TEXT);
        public static final Field<String> REASON = of("reason", TEXT);
        public static final Field<String> STATE = of("state", TEXT);
        public static final Field<Instant> BEGUN_AT = of("begun_at", INSTANT);
        public static final Field<String> BEGUN_BY = of("begun_by", TEXT);
        public static final Field<Instant> EXPIRES_AT = of("expires_at", INSTANT);
        public static final Field<JSONB> STEPS = of("steps", JSONB);

        private Waiver() {}

        private static <T> Field<T> of(String column, DataType<T> type) {
            return column("waiver", column, type);
        }
    }

    private static <T> Field<T> column(String table, String column, DataType<T> type) {
        return field(name(table, column), type);
    }
}
