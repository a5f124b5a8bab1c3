package dev.muster.portal.connection;

import dev.muster.portal.paging.Sort;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.Comparator;
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

    private static final List<String> WORST_FIRST = List.of("rejecting", "failing", "silent", "never", "reporting");

    private static final List<String> COLUMNS = List.of("state", "name", "last", "accepted", "refused", "unreadable");

    private final Connections connections;

    ConnectionPage(Connections connections) {
        this.connections = connections;
    }

    @GetMapping("/connections")
    String page(@RequestParam(required = false) @Nullable String sort, Model model) {
        model.addAttribute("sort", order(sort));
        model.addAttribute("connections", sorted(order(sort)));
        return "connections";
    }

    @GetMapping("/api/v1/connections")
    @ResponseBody
    @Operation(summary = "How each connection reports, those that somebody has to care about first")
    Items list(@RequestParam(required = false) @Nullable String sort) {
        return new Items(sorted(order(sort)));
    }

    private static Sort order(@Nullable String asked) {
        return Sort.read(asked, "state", COLUMNS);
    }

    private List<ConnectionView> sorted(Sort sort) {
        var comparator = comparator(sort.column());
        return connections.all().stream()
                .sorted(sort.descending() ? comparator.reversed() : comparator)
                .toList();
    }

    private static Comparator<ConnectionView> comparator(String column) {
        return switch (column) {
            case "name" -> Comparator.comparing(ConnectionView::name);
            case "last" ->
                Comparator.comparing(
                        ConnectionView::lastAcceptedAt, Comparator.nullsFirst(Comparator.<Instant>naturalOrder()));
            case "accepted" -> Comparator.comparingLong(ConnectionView::accepted);
            case "refused" -> Comparator.comparingLong(ConnectionView::rejected);
            case "unreadable" -> Comparator.comparingLong(ConnectionView::failed);
            default -> Comparator.comparingInt(it -> WORST_FIRST.indexOf(it.state()));
        };
    }

    /// All connections.
    @Schema(name = "Connections")
    record Items(List<ConnectionView> items) {}
}
