package dev.muster.portal;

import dev.muster.portal.page.AsOf;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.media.ArraySchema;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.ObjectSchema;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.responses.ApiResponses;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springframework.stereotype.Component;

/// Describes what the API answers to questions that are wrong: each call says when, and all of it has one
/// shape.
@Component
final class ProblemDescription implements OpenApiCustomizer {

    private static final String PROBLEM = "Problem";
    private static final String WRONG = "A parameter or the body is not what it may be; detail says why";
    private static final String NOT_BOUND = "A part of the filter is not of its type; errors says which";
    private static final String UNKNOWN = "There is none of that name";

    /// Parts of filters that are more than text.
    private static final Set<String> TYPED = Set.of("tier", "since");

    /// Nothing is unknown to these: what is not there has no history, and a grey badge.
    private static final List<String> KNOWS_ALL = List.of("/history", ".svg");

    @Override
    public void customise(OpenAPI api) {
        api.getComponents().addSchemas(PROBLEM, shape());
        api.getPaths().forEach((path, item) -> item.readOperations().forEach(each -> describe(path, each)));
    }

    private static void describe(String path, Operation operation) {
        var answers = new TreeMap<>(operation.getResponses());
        if (operation.getRequestBody() != null
                || parameters(operation).findAny().isPresent()
                || isJson(answers.get("200"))) {
            answers.putIfAbsent("400", new ApiResponse().description(WRONG));
        }
        if (path.contains("{") && KNOWS_ALL.stream().noneMatch(path::endsWith)) {
            answers.putIfAbsent("404", new ApiResponse().description(UNKNOWN));
        }
        if (parameters(operation).anyMatch(TYPED::contains)) {
            answers.putIfAbsent("422", new ApiResponse().description(NOT_BOUND));
        }
        if (parameters(operation).anyMatch("asOf"::equals)) {
            answers.putIfAbsent("503", new ApiResponse().description(AsOf.LATE));
        }
        var ordered = new ApiResponses();
        answers.forEach((state, answer) -> {
            var empty = answer.getContent() == null || answer.getContent().isEmpty();
            ordered.addApiResponse(state, state.matches("[45]..") && empty ? answer.content(problem()) : answer);
        });
        operation.setResponses(ordered);
    }

    /// Names of those in the query.
    private static Stream<String> parameters(Operation operation) {
        return Stream.ofNullable(operation.getParameters())
                .flatMap(List::stream)
                .filter(it -> "query".equals(it.getIn()))
                .map(it -> it.getName());
    }

    private static boolean isJson(@Nullable ApiResponse answer) {
        return answer != null
                && answer.getContent() != null
                && answer.getContent().containsKey(org.springframework.http.MediaType.APPLICATION_JSON_VALUE);
    }

    private static Content problem() {
        return new Content()
                .addMediaType(
                        org.springframework.http.MediaType.APPLICATION_PROBLEM_JSON_VALUE,
                        new MediaType().schema(new Schema<>().$ref("#/components/schemas/" + PROBLEM)));
    }

    /// RFC 9457, and the mistakes of a file that has some.
    private static Schema<?> shape() {
        var mistake = new ObjectSchema();
        mistake.addProperty("message", new StringSchema().description("What is wrong, and what is allowed"));
        mistake.setRequired(List.of("message"));
        mistake.setAdditionalProperties(true);
        var problem = new ObjectSchema();
        problem.addProperty("type", new StringSchema().description("Which kind it is, by an address of its own"));
        problem.addProperty("title", new StringSchema().description("The kind in words"));
        problem.addProperty("status", new IntegerSchema().description("The same as that of the answer"));
        problem.addProperty("detail", new StringSchema().description("What happened this time"));
        problem.addProperty(
                "errors",
                new ArraySchema().items(mistake).description("Each mistake, with its file, line, column and path"));
        problem.setRequired(List.of("type", "title", "status"));
        problem.setAdditionalProperties(true);
        return problem;
    }
}
