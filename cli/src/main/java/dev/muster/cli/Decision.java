package dev.muster.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a person decides about a rule, on its way to Muster.
final class Decision {

    private final Muster muster;
    private final Output out;
    private final Map<String, String> members = new LinkedHashMap<>();

    Decision(Muster muster, Output out) {
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
        var answer = muster.post(path, members);
        if (!answer.good()) {
            return refused(answer, out);
        }
        var body = answer.body();
        out.object(body);
        out.people()
                .printf(
                        "%s %s is %s: %s of %s, until %s%n",
                        kind,
                        Json.text(body, "id"),
                        Json.text(body, "state"),
                        Json.text(body, "rule"),
                        Json.text(body, "entity"),
                        Json.text(body, "expires"));
        return ExitCode.OK;
    }

    /// Takes something back.
    ///
    /// @param path of all of its kind
    int withdraw(String path, String kind, String id) {
        var answer = muster.delete(path + "/" + Muster.segment(id), members);
        if (!answer.good()) {
            return refused(answer, out);
        }
        out.object(Map.of("id", id, "state", "withdrawn"));
        out.people().printf("%s %s is withdrawn%n", kind, id);
        return ExitCode.OK;
    }

    /// Tells every mistake of what was refused.
    static int refused(Muster.Answer answer, Output out) {
        var errors = answer.body().path("errors");
        if (errors.isEmpty()) {
            throw Muster.refusal(answer);
        }
        errors.forEach(error -> out.remark(Remark.error(error)));
        return Declaration.told(errors.size(), out);
    }
}
