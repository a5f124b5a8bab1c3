package dev.muster.portal.connection;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseBody;

/// `/connections` and `/api/v1/connections`: how each connection reports, and what to do about those that do not.
@Controller
@Tag(name = "Connections")
class ConnectionPage {

    private final Connections connections;

    ConnectionPage(Connections connections) {
        this.connections = connections;
    }

    @GetMapping("/connections")
    String page(@RequestParam(required = false) @Nullable String sort, Model model) {
        model.addAttribute("sort", Connections.sort(sort));
        model.addAttribute("connections", connections.list(Connections.sort(sort)));
        return "connections";
    }

    @GetMapping("/api/v1/connections")
    @ResponseBody
    @Operation(summary = "How each connection reports, those that somebody has to care about first")
    Items list(@RequestParam(required = false) @Nullable String sort) {
        return new Items(connections.list(Connections.sort(sort)));
    }

    /// All connections.
    @Schema(name = "Connections")
    record Items(List<ConnectionView> items) {}
}
