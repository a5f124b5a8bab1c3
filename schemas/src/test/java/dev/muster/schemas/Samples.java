package dev.muster.schemas;

import dev.muster.schemas.v1.Delivery;
import dev.muster.schemas.v1.Receipt;
import dev.muster.schemas.v1.ReceiptState;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;

/// Records and schemas that tests share.
final class Samples {

    static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    private Samples() {}

    static Delivery delivery() {
        return Delivery.newBuilder()
                .setId("d-1")
                .setConnection("github")
                .setSource("github")
                .setReceivedAt(NOON)
                .setContentType("application/json")
                .setHeaders(Map.of("x-github-event", "push"))
                .setBody(ByteBuffer.wrap("{\"zen\":\"Käse\"}".getBytes(StandardCharsets.UTF_8)))
                .build();
    }

    static Receipt receipt() {
        return Receipt.newBuilder()
                .setNotificationId("n-1")
                .setChannel("email")
                .setDestination("payments")
                .setState(ReceiptState.SENT)
                .setAttempts(2)
                .setAt(NOON)
                .setEntities(List.of("component:default/payments"))
                .build();
    }

    /// A schema with one text and, from its second version on, a number that has a default.
    static Schema colour(int version) {
        var fields = SchemaBuilder.record("Colour")
                .namespace("dev.muster.test")
                .fields()
                .requiredString("name");
        return (version == 1 ? fields : fields.name("shade").type().intType().intDefault(7)).endRecord();
    }

    /// The same name, and a field that no older reader knows and no newer one can do without.
    static Schema incompatibleColour() {
        return SchemaBuilder.record("Colour")
                .namespace("dev.muster.test")
                .fields()
                .requiredLong("name")
                .endRecord();
    }

    static GenericRecord red(int version) {
        var record = new GenericRecordBuilder(colour(version)).set("name", "red");
        return version == 1 ? record.build() : record.set("shade", 3).build();
    }
}
