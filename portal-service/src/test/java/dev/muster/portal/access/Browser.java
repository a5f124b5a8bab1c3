package dev.muster.portal.access;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.CookieManager;
import java.net.CookiePolicy;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Keeps cookies, asks for pages, follows redirects and fills forms, as a browser does.
public final class Browser {

    private static final Pattern CSRF = Pattern.compile("name=\"_csrf\"[^>]* value=\"([^\"]+)\"");

    private final CookieManager cookies = new CookieManager(null, CookiePolicy.ACCEPT_ALL);
    private final HttpClient http = HttpClient.newBuilder()
            .cookieHandler(cookies)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
    private final List<URI> visited = new ArrayList<>();

    /// A page, after all redirects.
    public HttpResponse<String> open(String address) {
        return follow(once(URI.create(address)));
    }

    /// One answer, whatever it is.
    public HttpResponse<String> once(URI address) {
        visited.add(address);
        return send(
                HttpRequest.newBuilder(address).header("Accept", "text/html").build());
    }

    /// Posts a form, with what stands in the hidden field of `page` against forged requests, and follows.
    public HttpResponse<String> submit(HttpResponse<String> page, String path, Map<String, String> fields) {
        return follow(fill(page, path, fields));
    }

    /// The same, and does not follow.
    public HttpResponse<String> fill(HttpResponse<String> page, String path, Map<String, String> fields) {
        var all = new java.util.TreeMap<>(fields);
        var csrf = CSRF.matcher(page.body());
        if (csrf.find()) {
            all.put("_csrf", csrf.group(1));
        }
        return post(page.uri().resolve(path), all);
    }

    public HttpResponse<String> post(URI address, Map<String, String> fields) {
        var body = fields.entrySet().stream()
                .map(it -> it.getKey() + "=" + URLEncoder.encode(it.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return send(HttpRequest.newBuilder(address)
                .header("Accept", "text/html")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build());
    }

    public HttpResponse<String> send(HttpRequest request) {
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    public HttpResponse<String> follow(HttpResponse<String> answer) {
        var now = answer;
        for (int i = 0; i < 20 && now.statusCode() / 100 == 3; i++) {
            now = once(target(now));
        }
        return now;
    }

    /// Follows redirects as long as they do not lead to `path`, and returns the one that does.
    public URI stopBefore(HttpResponse<String> answer, String path) {
        var now = answer;
        for (int i = 0; i < 20 && now.statusCode() / 100 == 3; i++) {
            if (target(now).getPath().equals(path)) {
                return target(now);
            }
            now = once(target(now));
        }
        throw new AssertionError("never came to " + path + ", but to " + now.uri() + ": " + now.statusCode());
    }

    static URI target(HttpResponse<String> answer) {
        return answer.uri().resolve(answer.headers().firstValue("Location").orElseThrow());
    }

    /// Everything that was asked for, in order.
    public List<URI> visited() {
        return visited;
    }

    public String cookie(String name) {
        return cookies.getCookieStore().getCookies().stream()
                .filter(it -> it.getName().equals(name))
                .map(it -> it.getValue())
                .findFirst()
                .orElse("");
    }
}
