package dev.muster.cli;

import java.io.PrintWriter;
import java.io.Writer;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// How a command tells what came of it: in lines and tables for people, or in JSON for pipelines, one object a line.
///
/// A command tells both; what is not asked for goes nowhere.
final class Output {

    enum Format {
        table,
        json
    }

    private static final JsonMapper JSON = JsonMapper.shared();

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            defaultValue = "table",
            description = "table or json, which is one object a line, mistakes too (default: ${DEFAULT-VALUE}).")
    private Format format = Format.table;

    @Spec(Spec.Target.MIXEE)
    private @Nullable CommandSpec command;

    boolean json() {
        return format == Format.json;
    }

    /// Where people read.
    PrintWriter people() {
        return json() ? new PrintWriter(Writer.nullWriter()) : out();
    }

    /// Tells pipelines, on a line of its own.
    ///
    /// @param told a [JsonNode], a record or a map
    void object(Object told) {
        if (json()) {
            out().println(told instanceof JsonNode node ? node.toString() : JSON.writeValueAsString(told));
        }
    }

    /// Tells a list.
    void list(Table table, Iterable<JsonNode> items) {
        items.forEach(this::object);
        table.print(items, people());
    }

    /// Tells a mistake or a warning.
    void remark(Remark remark) {
        object(remark);
        people().println(remark.words());
    }

    /// Tells what could not be done. Who asked for JSON gets it there; who reads what commands say to people gets it
    /// where errors are said.
    void failure(String message) {
        if (json()) {
            remark(Remark.error(message));
        } else {
            commandLine().getErr().println(message);
        }
    }

    private PrintWriter out() {
        return commandLine().getOut();
    }

    private CommandLine commandLine() {
        return Objects.requireNonNull(command, "set by picocli").commandLine();
    }
}
