package dev.muster.portal.overview;

import dev.muster.portal.entity.EntityFilter;
import dev.muster.portal.overview.HeatMap.Show;
import dev.muster.portal.overview.HeatMaps.Rows;
import dev.muster.portal.overview.Overview.Card;
import dev.muster.portal.page.Link;
import dev.muster.portal.page.When;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.RequestParam;

/// `/`: how ready everything is, who has to care about what, how it became so, and what happened last.
@Controller
class OverviewPage {

    private static final int FIRST_GROUPS = 25;

    private final Overview overview;

    OverviewPage(Overview overview) {
        this.overview = overview;
    }

    /// @param filter which entities the list shows; its scorecard is also that of the map, the trend and the movers
    /// @param looks how those look
    @GetMapping("/")
    String page(
            EntityFilter filter,
            Looks looks,
            @RequestParam(required = false) @Nullable String cursor,
            @ModelAttribute(name = "when", binding = false) When when,
            Model model) {
        var head = overview.head(when.at());
        var sorted = filter.sort() == null ? filter.sortedBy("score") : filter;
        model.addAttribute("readWithin", overview.behind().toMillis());
        model.addAttribute("cards", head.cards());
        model.addAttribute("filter", sorted);
        model.addAttribute("sort", sorted.order());
        model.addAttribute("filtered", filter.narrows());
        model.addAttribute("entities", overview.list(sorted, cursor, when.at()));
        model.addAttribute("entityCount", head.entityCount());
        model.addAttribute("regressions", head.regressions());
        model.addAttribute(
                "regressed",
                Link.to("/activity")
                        .with("kind", "regressed")
                        .with("since", head.regressedSince().truncatedTo(ChronoUnit.SECONDS))
                        .with("until", when.at()));
        model.addAttribute("unclaimed", head.unclaimed());
        model.addAttribute(
                "levels",
                head.cards().stream()
                        .map(card -> card.scorecard().levels())
                        .flatMap(List::stream)
                        .distinct()
                        .toList());
        model.addAttribute("activity", head.activity());
        shown(head.cards(), filter.scorecard())
                .filter(card -> card.standing().entities() > 0)
                .ifPresent(card -> {
                    model.addAttribute("card", card);
                    look(card, looks, when, model);
                });
        return "overview";
    }

    private static Optional<Card> shown(List<Card> cards, @Nullable String wanted) {
        return cards.stream()
                .filter(card -> card.scorecard().name().equals(wanted))
                .findFirst()
                .or(() -> cards.stream().findFirst());
    }

    private void look(Card card, Looks looks, When when, Model model) {
        var heat = overview.map(card.scorecard(), looks.rows(), when.at()).by(looks.cells());
        var moves = overview.moves(card, looks.span(), when.at());
        model.addAttribute("looks", looks);
        model.addAttribute("failing", when.to("/failing"));
        model.addAttribute("allRows", Rows.values());
        model.addAttribute("allShows", Show.values());
        model.addAttribute("groups", heat.rows().size());
        model.addAttribute("heat", looks.all() ? heat : heat.first(FIRST_GROUPS));
        model.addAttribute("trend", moves.trend());
        model.addAttribute("movers", moves.movers());
    }

    /// How the map and the trend look.
    ///
    /// @param by what makes the rows of the map: `owner` (usual) or `system`
    /// @param show what a cell tells: `rate` (usual), `mean` or `worst`
    /// @param groups `all` for every row, not only the worst
    /// @param days of the trend: 30 (usual), 90 or 365
    record Looks(
            @Nullable Rows by,
            @Nullable Show show,
            @Nullable String groups,
            @Nullable Integer days) {

        public Rows rows() {
            return by == null ? Rows.owner : by;
        }

        public Show cells() {
            return show == null ? Show.rate : show;
        }

        public boolean all() {
            return "all".equals(groups);
        }

        public int span() {
            return days == null ? 30 : Math.clamp(days, 7, 365);
        }
    }
}
