package dev.muster.portal.delivery;

import dev.muster.portal.page.Unknown;
import dev.muster.portal.paging.Slice;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

/// `/deliveries`: what came in; `/deliveries/{id}`: from there to the message, with times.
@Controller
class DeliveryPage {

    private final Deliveries deliveries;
    private final Ways ways;

    DeliveryPage(Deliveries deliveries, Ways ways) {
        this.deliveries = deliveries;
        this.ways = ways;
    }

    @GetMapping("/deliveries")
    String list(
            @RequestParam(required = false) @Nullable String connection,
            @RequestParam(required = false) @Nullable String source,
            @RequestParam(required = false) @Nullable String sort,
            @RequestParam(required = false) @Nullable String cursor,
            Model model) {
        var order = Deliveries.sort(sort);
        model.addAttribute("connection", connection);
        model.addAttribute("sort", order);
        model.addAttribute("deliveries", deliveries.list(connection, source, null, order, Slice.USUAL, cursor));
        return "deliveries";
    }

    /// Senders choose ids, also with slashes.
    @GetMapping("/deliveries/{*id}")
    String way(@PathVariable String id, Model model) {
        var way = ways.find(id.substring(1)).orElseThrow(() -> Unknown.exception("delivery"));
        model.addAttribute("way", way);
        return "delivery";
    }
}
