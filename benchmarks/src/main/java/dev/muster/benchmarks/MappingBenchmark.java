package dev.muster.benchmarks;

import dev.muster.engine.definition.DefinitionException;
import dev.muster.engine.library.Framework;
import dev.muster.ingest.payload.Payloads;
import dev.muster.ingest.payload.UnreadablePayloadException;
import dev.muster.ingest.source.Mapped;
import dev.muster.ingest.source.Mapper;
import dev.muster.ingest.source.SourceDefinition;
import dev.muster.ingest.source.SourceFolders;
import dev.muster.schemas.v1.Delivery;
import dev.muster.service.StrictJson;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// The normaliser alone: one delivery of GitHub, of 10 kB, becomes facts by the definition that ships.
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 3)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class MappingBenchmark {

    private SourceDefinition github;
    private Mapper mapper;
    private Payloads payloads;
    private Delivery delivery;
    private byte[] body;

    @Setup
    public void read() throws IOException, DefinitionException {
        var facts = Framework.fromClassPath().facts();
        github = SourceFolders.shipped(facts).find("github").orElseThrow();
        mapper = new Mapper(facts, StrictJson.withDefaults());
        payloads = new Payloads(StrictJson.withDefaults());
        body = GithubPayload.bytes();
        delivery = GithubPayload.delivery(body);
    }

    /// Body to facts.
    @Benchmark
    public Mapped mapping() {
        return mapper.map(github, delivery);
    }

    /// The floor of that: the JSON alone.
    @Benchmark
    public Object mappingReadOnly() throws UnreadablePayloadException {
        return payloads.read("application/json", null, false, body);
    }
}
