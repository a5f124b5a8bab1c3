package dev.muster.ingest.scim;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import de.captaingoldfish.scim.sdk.common.constants.ClassPathReferences;
import de.captaingoldfish.scim.sdk.common.resources.ServiceProvider;
import de.captaingoldfish.scim.sdk.common.resources.complex.ETagConfig;
import de.captaingoldfish.scim.sdk.common.resources.complex.FilterConfig;
import de.captaingoldfish.scim.sdk.common.resources.complex.PatchConfig;
import de.captaingoldfish.scim.sdk.common.resources.complex.SortConfig;
import de.captaingoldfish.scim.sdk.common.resources.multicomplex.AuthenticationScheme;
import de.captaingoldfish.scim.sdk.common.utils.JsonHelper;
import de.captaingoldfish.scim.sdk.server.endpoints.EndpointDefinition;
import de.captaingoldfish.scim.sdk.server.endpoints.ResourceEndpoint;
import de.captaingoldfish.scim.sdk.server.schemas.custom.ETagFeature;
import de.captaingoldfish.scim.sdk.server.schemas.custom.ResourceTypeFeatures;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// What this service provider can do, and which attributes it keeps, as `/ServiceProviderConfig` and `/Schemas` tell.
final class ProviderEndpoint {

    /// Resources in one answer, at most.
    static final int PAGE = 200;

    private static final Set<String> KEPT = Set.of(
            "id",
            "externalId",
            "userName",
            "name",
            "name.formatted",
            "name.familyName",
            "name.givenName",
            "displayName",
            "active",
            "emails",
            "emails.value",
            "emails.type",
            "emails.primary",
            "emails.display",
            "groups",
            "groups.value",
            "groups.$ref",
            "groups.display",
            "groups.type");

    private ProviderEndpoint() {}

    static ResourceEndpoint of(int mostEntries) {
        var provider = ServiceProvider.builder()
                .patchConfig(PatchConfig.builder()
                        .supported(true)
                        .doNotFailOnNoTarget(true)
                        .activateSailsPointWorkaround(true)
                        .activateMsAzureFilterWorkaround(true)
                        .activateMsAzureValueSubAttributeWorkaround(true)
                        .activateMsAzureComplexSimpleValueWorkaround(true)
                        .build())
                .filterConfig(new FilterConfig(true, PAGE))
                .sortConfig(new SortConfig(true))
                .eTagConfig(new ETagConfig(true))
                .authenticationSchemes(List.of(AuthenticationScheme.builder()
                        .name("OAuth Bearer Token")
                        .description("A token of muster.tokens with the duty scim, as Authorization: Bearer")
                        .type("oauthbearertoken")
                        .specUri("https://www.rfc-editor.org/rfc/rfc6750")
                        .build()))
                .lenientContentTypeChecking(true)
                .build();
        var endpoint = new ResourceEndpoint(
                provider,
                new EndpointDefinition(
                        JsonHelper.loadJsonDocument(ClassPathReferences.USER_RESOURCE_TYPE_JSON),
                        userSchema(),
                        List.of(passedOver(
                                JsonHelper.loadJsonDocument(ClassPathReferences.ENTERPRISE_USER_SCHEMA_JSON))),
                        new UserHandler(mostEntries)),
                new EndpointDefinition(
                        JsonHelper.loadJsonDocument(ClassPathReferences.GROUP_RESOURCE_TYPE_JSON),
                        groupSchema(),
                        List.of(),
                        new GroupHandler(mostEntries)));
        Stream.of("User", "Group")
                .flatMap(it -> endpoint.getResourceTypeByName(it).stream())
                .forEach(it -> it.setFeatures(ResourceTypeFeatures.builder()
                        .eTagFeature(new ETagFeature(true))
                        .build()));
        return endpoint;
    }

    /// Of the standard's user, a password is unknown; what is not kept may be written and is never returned.
    private static JsonNode userSchema() {
        var schema = JsonHelper.loadJsonDocument(ClassPathReferences.USER_SCHEMA_JSON);
        var attributes = (ArrayNode) schema.get("attributes");
        for (var i = attributes.size() - 1; i >= 0; i--) {
            if (attributes.get(i).get("name").textValue().equals("password")) {
                attributes.remove(i);
            }
        }
        return passedOver(schema);
    }

    private static JsonNode passedOver(JsonNode schema) {
        passOver("", schema.get("attributes"));
        return schema;
    }

    private static void passOver(String parent, JsonNode attributes) {
        for (var attribute : attributes) {
            var name = parent + attribute.get("name").textValue();
            if (!KEPT.contains(name)) {
                ((ObjectNode) attribute)
                        .put("mutability", "writeOnly")
                        .put("returned", "never")
                        .put("uniqueness", "none")
                        .put("required", false);
            }
            if (attribute.has("subAttributes")) {
                passOver(name + ".", attribute.get("subAttributes"));
            }
        }
    }

    private static JsonNode groupSchema() {
        var schema = JsonHelper.loadJsonDocument(ClassPathReferences.GROUP_SCHEMA_JSON);
        for (var attribute : schema.get("attributes")) {
            switch (attribute.get("name").textValue()) {
                case "displayName", "externalId" -> ((ObjectNode) attribute).put("uniqueness", "server");
                case "members" -> onlyUsers(attribute.get("subAttributes"));
                default -> {
                    // as the standard has it
                }
            }
        }
        return schema;
    }

    private static void onlyUsers(JsonNode member) {
        for (var attribute : member) {
            if (attribute.get("name").textValue().equals("type")) {
                ((ObjectNode) attribute).putArray("canonicalValues").add("User");
            }
        }
    }
}
