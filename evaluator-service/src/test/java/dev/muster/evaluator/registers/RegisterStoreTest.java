package dev.muster.evaluator.registers;

import static dev.muster.evaluator.Known.NOON;
import static dev.muster.evaluator.Known.REPO;
import static dev.muster.evaluator.Known.invalidate;
import static dev.muster.evaluator.Known.observed;
import static dev.muster.evaluator.Known.remove;
import static dev.muster.evaluator.Known.snapshot;
import static dev.muster.evaluator.Known.vulnerability;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.engine.fact.FactChange;
import dev.muster.engine.fact.FactState;
import dev.muster.engine.fact.Registers;
import dev.muster.evaluator.EvaluatorTopology;
import dev.muster.evaluator.mapping.Keys;
import dev.muster.evaluator.state.Register;
import dev.muster.records.FactMapping;
import dev.muster.schemas.AvroSerdes;
import java.lang.invoke.MethodHandles;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RegisterStoreTest {

    private static final String KEY = Keys.of(REPO, "vulnerabilities");
    private static final int BOUND = 4;

    private final Random random = new Random();

    /// Avro makes registers only where the topology said that they are trusted.
    @BeforeAll
    static void trustWhatIsKept() throws IllegalAccessException {
        MethodHandles.lookup().ensureInitialized(EvaluatorTopology.class);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void whatIsReadIsWhatWasPutWhateverTheOrderOfTheNews(long seed) {
        random.setSeed(seed);
        var store = new RegisterStore(rows(seed), 2);
        FactState state = null;
        for (var step = 0; step < 300; step++) {
            var after = Registers.apply(state, change(step), BOUND);
            if (!after.equals(state)) {
                store.put(KEY, state, after);
                state = after;
            }
            assertThat(store.get(KEY)).as("step %d of seed %d", step, seed).isEqualTo(state);
        }
        var all = new HashMap<String, FactState>();
        store.forEach(Keys.prefix(REPO), all::put);
        assertThat(all).containsExactly(Map.entry(KEY, state));
    }

    private FactChange change(int step) {
        var at = NOON.plusSeconds(random.nextInt(1 + step / 10));
        var item = "v" + random.nextInt(7);
        var change = switch (random.nextInt(12)) {
            case 0 -> snapshot("vulnerabilities", Map.of(item, "{}"), at);
            case 1 -> invalidate("vulnerabilities", at);
            case 2, 3 -> remove("vulnerabilities", item, at);
            default -> vulnerability(item, random.nextBoolean() ? "low" : "high", at);
        };
        return FactMapping.toEngine(observed(REPO, "d" + random.nextInt(5), change))
                .getFirst();
    }

    private static KeyValueStore<String, Register> rows(long seed) {
        var avro = AvroSerdes.from(Map.of("schema.registry.url", "mock://registers-" + seed));
        var store = Stores.keyValueStoreBuilder(
                        Stores.inMemoryKeyValueStore("rows"), Serdes.String(), avro.of(Register.class))
                .withLoggingDisabled()
                .build();
        store.init(new MockProcessorContext<>().getStateStoreContext(), store);
        return store;
    }
}
