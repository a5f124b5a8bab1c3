package dev.muster.ingest.scim;

import static java.nio.charset.StandardCharsets.UTF_8;

import de.captaingoldfish.scim.sdk.common.constants.enums.HttpMethod;
import de.captaingoldfish.scim.sdk.common.response.ErrorResponse;
import de.captaingoldfish.scim.sdk.common.response.ScimResponse;
import de.captaingoldfish.scim.sdk.server.endpoints.ResourceEndpoint;
import dev.muster.engine.library.Framework;
import dev.muster.ingest.declared.Declarations;
import dev.muster.ingest.declared.Declarations.Decision;
import dev.muster.ingest.request.DeclarationRequests;
import dev.muster.schemas.Topics;
import dev.muster.schemas.v1.DirectoryEntry;
import dev.muster.service.Caller;
import dev.muster.service.StrictJson;
import dev.muster.service.UnreadableJsonException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RestController;

/// `/scim/v2/**`. What a request asks and means is the library's; what is stored and follows from it is ours.
@RestController
final class ScimController {

    static final String ROOT = "/scim/v2/";
    static final String SCIM_JSON = "application/scim+json";

    private final ResourceEndpoint endpoint;
    private final Declarations<DirectoryEntry> directory;
    private final Framework framework;
    private final Topics topics;
    private final DeclarationRequests requests;
    private final StrictJson json;
    private final ScimCounter counter;
    private final InstantSource clock;

    ScimController(
            ScimSettings settings,
            Declarations<DirectoryEntry> directory,
            Framework framework,
            Topics topics,
            DeclarationRequests requests,
            StrictJson json,
            ScimCounter counter,
            InstantSource clock) {
        this.endpoint = ProviderEndpoint.of(settings.maxResources());
        this.directory = directory;
        this.framework = framework;
        this.topics = topics;
        this.requests = requests;
        this.json = json;
        this.counter = counter;
        this.clock = clock;
    }

    /// A request as the library takes it.
    private record Asked(
            HttpMethod method,
            String url,
            Map<String, String> headers,
            @Nullable String body) {

        boolean isRead() {
            return method == HttpMethod.GET || url.endsWith("/.search");
        }
    }

    @RequestMapping(
            path = "/scim/v2/**",
            method = {
                RequestMethod.GET,
                RequestMethod.POST,
                RequestMethod.PUT,
                RequestMethod.PATCH,
                RequestMethod.DELETE
            })
    ResponseEntity<String> handle(@AuthenticationPrincipal Caller caller, HttpServletRequest request)
            throws IOException, UnreadableJsonException {
        var path = path(request);
        if (path.split("/", -1).length > 2) {
            return ScimErrors.answer(
                    HttpStatus.NOT_FOUND,
                    null,
                    "There is nothing here; a resource is /scim/v2/Users/{id} or /Groups/{id}");
        }
        var method = request.getMethod().equals("HEAD") ? HttpMethod.GET : HttpMethod.valueOf(request.getMethod());
        var asked = new Asked(method, url(request), headers(request), body(method, request));
        var answer = asked.isRead() ? read(asked, caller) : write(asked, caller);
        counter.count(path, answer.outcome());
        return answer.entity();
    }

    /// What stands behind the root; empty for the root itself.
    static String path(HttpServletRequest request) {
        var uri = request.getRequestURI();
        return uri.startsWith(ROOT) ? uri.substring(ROOT.length()) : "";
    }

    /// What the caller is told, and what became of the request.
    private record Answer(ResponseEntity<String> entity, String outcome) {}

    private Answer read(Asked asked, Caller caller) {
        var found = new Directory(directory.current(), caller.name(), clock.instant());
        var answer = ask(asked, found);
        if (found.isFirstHeard()) {
            directory.change(current -> new Directory(current, caller.name(), clock.instant())
                    .decision(topics.facts(), framework.facts(), answer));
        }
        return new Answer(entity(answer), isRefused(answer) ? "refused" : "read");
    }

    private Answer write(Asked asked, Caller caller) {
        return directory.change(current -> decide(asked, new Directory(current, caller.name(), clock.instant())));
    }

    private Decision<DirectoryEntry, Answer> decide(Asked asked, Directory found) {
        var answer = ask(asked, found);
        if (isRefused(answer)) {
            return found.nothing(new Answer(entity(answer), "refused"));
        }
        var outcome = found.isTouched() ? "applied" : "unchanged";
        return found.decision(topics.facts(), framework.facts(), new Answer(entity(answer), outcome));
    }

    private ScimResponse ask(Asked asked, Directory found) {
        var answer = endpoint.handleRequest(
                asked.url(), asked.method(), asked.body(), asked.headers(), new DirectoryContext(found));
        if (answer instanceof ErrorResponse error) {
            ErrorWords.complete(error, asked.method());
        }
        return answer;
    }

    private static boolean isRefused(ScimResponse answer) {
        return answer.getHttpStatus() >= 400;
    }

    private static ResponseEntity<String> entity(ScimResponse answer) {
        var headers = new HttpHeaders();
        answer.getHttpHeaders().forEach(headers::set);
        return new ResponseEntity<>(answer.isEmpty() ? null : answer.toString(), headers, answer.getHttpStatus());
    }

    private static String url(HttpServletRequest request) {
        var query = request.getQueryString();
        return request.getRequestURL() + (query == null ? "" : "?" + query);
    }

    /// Any entity is what `If-Match: *` asks for: whether there is one, the answer tells.
    private static Map<String, String> headers(HttpServletRequest request) {
        var headers = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
        for (var name : Collections.list(request.getHeaderNames())) {
            headers.put(name, request.getHeader(name));
        }
        headers.remove(HttpHeaders.IF_MATCH, "*");
        return headers;
    }

    private @Nullable String body(HttpMethod method, HttpServletRequest request)
            throws IOException, UnreadableJsonException {
        if (method == HttpMethod.GET || method == HttpMethod.DELETE) {
            return null;
        }
        var bytes = requests.json(request, SCIM_JSON, "application/json");
        if (bytes.length == 0) {
            return "";
        }
        var body = json.read(bytes);
        return method == HttpMethod.PATCH ? Dialects.standard(body).toString() : new String(bytes, UTF_8);
    }
}
