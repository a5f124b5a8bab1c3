package dev.muster.service;

import jakarta.servlet.http.HttpServletRequest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.web.ErrorProperties;
import org.springframework.boot.webmvc.autoconfigure.error.BasicErrorController;
import org.springframework.boot.webmvc.autoconfigure.error.ErrorViewResolver;
import org.springframework.boot.webmvc.error.ErrorAttributes;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;

/// Errors that happen outside of Spring MVC, such as a path that the firewall refuses, as problems too; pages as pages.
@Controller
final class ProblemErrorController extends BasicErrorController {

    ProblemErrorController(ErrorAttributes attributes, ErrorProperties properties, List<ErrorViewResolver> resolvers) {
        super(attributes, properties, resolvers);
    }

    @Override
    public ResponseEntity<Map<String, @Nullable Object>> error(HttpServletRequest request) {
        var status = getStatus(request);
        return ResponseEntity.status(status)
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(bare(status.value()));
    }

    /// The body of a problem of which nothing is known but its status.
    static Map<String, @Nullable Object> bare(int status) {
        var type = ProblemType.of(HttpStatusCode.valueOf(status));
        var body = new LinkedHashMap<String, @Nullable Object>();
        body.put("type", type.uri().toString());
        body.put("title", type.title());
        body.put("status", status);
        return body;
    }
}
