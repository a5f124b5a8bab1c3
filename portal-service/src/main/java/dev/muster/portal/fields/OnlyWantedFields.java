package dev.muster.portal.fields;

import dev.muster.service.Problem;
import dev.muster.service.ProblemType;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.core.ResolvableType;
import org.springframework.http.HttpEntity;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.converter.AbstractJacksonHttpMessageConverter;
import org.springframework.http.converter.HttpMessageConverter;
import org.springframework.http.server.ServerHttpRequest;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.http.server.ServletServerHttpRequest;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.servlet.mvc.method.annotation.ResponseBodyAdvice;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// `?fields=` of everything that the API gives: only those fields, of the items of a list, or of the one thing that was
/// asked for. What goes around the items of a list stays.
@ControllerAdvice
class OnlyWantedFields implements ResponseBodyAdvice<Object> {

    private static final String ITEMS = "items";

    private final JsonMapper json;
    private final KnownFields known;

    OnlyWantedFields(JsonMapper json) {
        this.json = json;
        this.known = new KnownFields(json);
    }

    @Override
    public boolean supports(MethodParameter returned, Class<? extends HttpMessageConverter<?>> converter) {
        return AbstractJacksonHttpMessageConverter.class.isAssignableFrom(converter);
    }

    @Override
    public @Nullable Object beforeBodyWrite(
            @Nullable Object body,
            MethodParameter returned,
            MediaType type,
            Class<? extends HttpMessageConverter<?>> converter,
            ServerHttpRequest request,
            ServerHttpResponse response) {
        var asked = asked(request);
        if (body == null || body instanceof ProblemDetail || asked == null || asked.isBlank()) {
            return body;
        }
        var wanted = Fields.parse(asked);
        var answer = json.constructType(written(returned).getType());
        var items = known.of(answer).get(ITEMS);
        check(items == null ? answer : items, wanted);
        var document = json.valueToTree(body);
        if (items != null && document instanceof ObjectNode list && list.has(ITEMS)) {
            list.set(ITEMS, wanted.of(list.get(ITEMS)));
            return list;
        }
        return wanted.of(document);
    }

    private static @Nullable String asked(ServerHttpRequest request) {
        return HttpMethod.GET.equals(request.getMethod())
                        && request.getURI().getPath().startsWith("/api/v1/")
                        && request instanceof ServletServerHttpRequest servlet
                ? servlet.getServletRequest().getParameter("fields")
                : null;
    }

    private static ResolvableType written(MethodParameter returned) {
        var type = ResolvableType.forMethodParameter(returned);
        return HttpEntity.class.isAssignableFrom(type.toClass()) ? type.getGeneric() : type;
    }

    private void check(JavaType type, Fields wanted) {
        var mistakes = known.mistakes(type, wanted);
        if (!mistakes.isEmpty()) {
            throw Problem.of(ProblemType.MALFORMED_REQUEST, "fields names what these answers do not have")
                    .withErrors(mistakes)
                    .asException();
        }
    }
}
