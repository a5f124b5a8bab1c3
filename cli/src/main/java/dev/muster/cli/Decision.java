package dev.muster.cli;

import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// What a person decides about a rule, on its way to Muster.
final class Decision {

    private final Muster muster;
    private final PrintWriter out;
    private final Map<String, String> members = new LinkedHashMap<>();

    Decision(Muster muster, PrintWriter out) {
        this.muster = muster;
        this.out = out;
    }

    /// Adds a member of the body; null adds none.
    Decision with(String member, @Nullable String text) {
        if (text != null) {
            members.put(member, text);
        }
        return this;
    }

    /// Sends it and tells how it stands.
    ///
    /// @param kind attestation or exemption
    /// @return [ExitCode#OK], or [ExitCode#REFUSED] after every mistake was told
    int post(String path, String kind) {
        return told(muster.post(path, members), kind);
    }

    /// Takes something back.
    ///
    /// @param done what to say then
    int delete(String path, String done) {
        var answer = muster.delete(path, members);
        if (!answer.good()) {
            return refused(answer);
        }
        out.println(done);
        return ExitCode.OK;
    }

    private int told(Muster.Answer answer, String kind) {
        if (!answer.good()) {
            return refused(answer);
        }
        var body = answer.body();
        out.printf(
                "%s %s is %s: %s of %s, until %s%n",
                kind,
                text(body, "id"),
                text(body, "state"),
                text(body, "rule"),
                text(body, "entity"),
                text(body, "expires"));
        return ExitCode.OK;
    }

    private int refused(Muster.Answer answer) {
        var errors = answer.body().path("errors");
        if (errors.isEmpty()) {
            throw Muster.refusal(answer);
        }
        errors.forEach(error -> out.printf("%s: %s%n", text(error, "path"), text(error, "message")));
        out.println(errors.size() == 1 ? "1 mistake" : errors.size() + " mistakes");
        return ExitCode.REFUSED;
    }

    private static String text(JsonNode node, String member) {
        return node.path(member).asString("");
    }
}
