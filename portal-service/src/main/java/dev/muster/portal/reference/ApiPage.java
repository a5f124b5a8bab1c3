package dev.muster.portal.reference;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Locale;
import org.springdoc.webmvc.api.OpenApiWebMvcResource;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import tools.jackson.databind.json.JsonMapper;

/// `/docs`: what `/v3/api-docs` says, for people.
@Controller
class ApiPage {

    private static final String PAGE = "/docs";
    private static final String DESCRIPTION = "/v3/api-docs";

    private final OpenApiWebMvcResource description;

    ApiPage(OpenApiWebMvcResource description) {
        this.description = description;
    }

    @GetMapping(PAGE)
    String page(HttpServletRequest request, Model model) throws IOException {
        var json = description.openapiJson(
                request, PAGE, Locale.ENGLISH); // less the page, the address is that of the server
        model.addAttribute("api", ApiReference.of(JsonMapper.shared().readTree(json)));
        model.addAttribute("description", DESCRIPTION);
        return "docs";
    }
}
