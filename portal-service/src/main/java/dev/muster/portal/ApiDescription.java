package dev.muster.portal;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.Paths;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.info.License;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.parameters.QueryParameter;
import io.swagger.v3.oas.models.servers.Server;
import java.util.ArrayList;
import java.util.List;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.MediaType;

/// The description of the API at `/v3/api-docs`. A reference is one parameter there, `{ref}`, as callers
/// know it; its slash may come plain or as `%2F`.
@Configuration(proxyBeanMethods = false)
class ApiDescription {

    private static final String SEGMENTS = "/{scope}/{name}";

    @Bean
    OpenAPI api(PortalSettings settings) {
        var here = settings.url();
        return new OpenAPI()
                .servers(here == null ? null : List.of(new Server().url(here.toString())))
                .info(new Info()
                        .title("Muster")
                        .version("v1")
                        .description("Production readiness as it stands now, what changed it, and who was told.")
                        .license(new License().name("Apache-2.0")));
    }

    @Bean
    OpenApiCustomizer references() {
        return api -> {
            var paths = new Paths();
            api.getPaths().forEach((path, item) -> {
                item.readOperations().forEach(ApiDescription::allowOverlaps);
                if (path.contains(SEGMENTS)) {
                    item.readOperations().forEach(ApiDescription::joinReference);
                }
                if (item.getGet() != null && isJson(item.getGet())) {
                    item.getGet().addParametersItem(fields());
                }
                if (!path.equals("/stream")) {
                    paths.addPathItem(path.replace(SEGMENTS, "/{ref}"), item);
                }
            });
            api.setPaths(paths);
        };
    }

    /// Answers of two shapes, of which one has all that the other has, fit both.
    @SuppressWarnings({"rawtypes", "unchecked"})
    private static void allowOverlaps(Operation operation) {
        operation.getResponses().values().stream()
                .filter(it -> it.getContent() != null)
                .flatMap(it -> it.getContent().values().stream())
                .map(io.swagger.v3.oas.models.media.MediaType::getSchema)
                .filter(it -> it != null && it.getOneOf() != null)
                .forEach(it -> it.anyOf(it.getOneOf()).oneOf(null));
    }

    private static boolean isJson(Operation operation) {
        var good = operation.getResponses().get("200");
        return good != null
                && good.getContent() != null
                && good.getContent().containsKey(MediaType.APPLICATION_JSON_VALUE);
    }

    private static Parameter fields() {
        return new QueryParameter()
                .name("fields")
                .description(
                        "Names of the fields that are wanted, of each item where there are items; dots lead into one."
                                + " Without it, all")
                .example("ref,results.score")
                .schema(new StringSchema());
    }

    private static void joinReference(Operation operation) {
        var parameters = new ArrayList<Parameter>();
        for (var parameter : operation.getParameters()) {
            if (parameter.getName().equals("scope")) {
                parameters.add(parameter
                        .name("ref")
                        .description("Reference of an entity, kind:namespace/name")
                        .example("component:default/payments"));
            } else if (!parameter.getName().equals("name") || !parameter.getIn().equals("path")) {
                parameters.add(parameter);
            }
        }
        operation.setParameters(parameters);
    }
}
