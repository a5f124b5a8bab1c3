package dev.muster.portal;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.Paths;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.info.License;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.servers.Server;
import java.util.ArrayList;
import java.util.List;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// The description of the API at `/v3/api-docs`. A reference is one parameter there, `{ref}`, as callers know it; its
/// slash may
/// come plain or as `%2F`.
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
                if (path.contains(SEGMENTS)) {
                    item.readOperations().forEach(ApiDescription::joinReference);
                }
                if (!path.equals("/stream")) {
                    paths.addPathItem(path.replace(SEGMENTS, "/{ref}"), item);
                }
            });
            api.setPaths(paths);
        };
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
