package dev.muster.ingest.request;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.muster.engine.definition.Mistake;
import dev.muster.ingest.body.Body;
import dev.muster.ingest.body.InFlightBytes;
import dev.muster.ingest.settings.IngestSettings;
import dev.muster.service.Problem;
import dev.muster.service.ProblemError;
import dev.muster.service.ProblemException;
import dev.muster.service.ProblemType;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Reads the bodies of declarations.
@Component
public final class DeclarationRequests {

    private static final Set<String> YAML = Set.of(
            "application/yaml",
            "application/x-yaml",
            "text/yaml",
            "text/x-yaml",
            "text/plain",
            "application/octet-stream");
    private static final String JSON = "application/json";

    /// Declarations of full size that may be under way together.
    private static final int AT_ONCE = 8;

    private final InFlightBytes inFlight;
    private final InstantSource clock;
    private final IngestSettings settings;

    DeclarationRequests(InstantSource clock, IngestSettings settings) {
        this.clock = clock;
        this.settings = settings;
        this.inFlight =
                new InFlightBytes(AT_ONCE * (int) settings.maxDeclaration().toBytes());
    }

    /// Text of a YAML or JSON body.
    ///
    /// @param file name of the file, for mistakes
    /// @throws ProblemException 413, 415 or 422
    public String yaml(@Nullable String file, HttpServletRequest request) throws IOException {
        var type = mediaType(request);
        if (type == null || YAML.contains(type)) {
            return text(file, bytes(request));
        }
        if (type.equals(JSON)) {
            // JSON is YAML but for tabs, which in JSON are white space wherever they stand.
            return text(file, bytes(request)).replace('\t', ' ');
        }
        throw Problem.of(ProblemType.UNSUPPORTED_MEDIA_TYPE, "Send application/yaml or application/json")
                .asException();
    }

    /// Bytes of a JSON body.
    ///
    /// @throws ProblemException 413 or 415
    public byte[] json(HttpServletRequest request) throws IOException {
        return json(request, JSON);
    }

    /// Bytes of a body that is JSON.
    ///
    /// @param types media types that it may be sent as
    /// @throws ProblemException 413 or 415
    public byte[] json(HttpServletRequest request, String... types) throws IOException {
        var type = mediaType(request);
        if (type != null && !List.of(types).contains(type)) {
            throw Problem.of(ProblemType.UNSUPPORTED_MEDIA_TYPE, "Send " + String.join(" or ", types))
                    .asException();
        }
        return bytes(request);
    }

    /// Bytes of a body of any type.
    ///
    /// @throws ProblemException 413, or 503 when it does not arrive in time
    public byte[] bytes(HttpServletRequest request) throws IOException {
        var limit = (int) settings.maxDeclaration().toBytes();
        try (var reader = new Body.Reader(inFlight, clock, limit, settings.bodyWithin())) {
            return switch (reader.read(request.getInputStream(), request.getContentLengthLong())) {
                case Body.Whole(var bytes) -> bytes;
                case Body.TooLarge _ ->
                    throw Problem.of(ProblemType.BODY_TOO_LARGE, "A declaration may have " + limit + " bytes at most")
                            .asException();
                case Body.TooSlow _ -> throw unavailable("The body did not arrive in time");
                case Body.Overloaded _ -> throw unavailable("Too much is under way");
            };
        }
    }

    private static ProblemException unavailable(String detail) {
        return Problem.of(ProblemType.UNAVAILABLE, detail)
                .retryAfter(Duration.ofSeconds(5))
                .asException();
    }

    private static String text(@Nullable String file, byte[] bytes) {
        var body = ByteBuffer.wrap(bytes);
        try {
            return UTF_8.newDecoder().decode(body).toString();
        } catch (CharacterCodingException _) {
            var before = new String(bytes, 0, body.position(), UTF_8);
            var line = (int) before.chars().filter(it -> it == '\n').count() + 1;
            var column = before.codePointCount(before.lastIndexOf('\n') + 1, before.length()) + 1;
            throw Problem.of(ProblemType.INVALID_CONTENT, null)
                    .withErrors(List.of(new ProblemError(file, line, column, null, "is not UTF-8; save it as UTF-8")))
                    .asException();
        }
    }

    private static @Nullable String mediaType(HttpServletRequest request) {
        var type = request.getContentType();
        return type == null ? null : type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    }

    /// All mistakes as one problem, 422.
    public static ProblemException refusal(List<Mistake> mistakes) {
        return Problem.of(ProblemType.INVALID_CONTENT, null)
                .withErrors(errors(mistakes))
                .asException();
    }

    /// Mistakes as they are shown in answers.
    public static List<ProblemError> errors(List<Mistake> mistakes) {
        return mistakes.stream()
                .map(it -> ProblemError.of(it.file(), it.line(), it.column(), it.path(), it.message()))
                .toList();
    }
}
