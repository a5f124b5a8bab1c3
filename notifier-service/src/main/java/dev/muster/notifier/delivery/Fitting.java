package dev.muster.notifier.delivery;

import java.util.function.Function;
import java.util.function.Predicate;

/// Makes a message fit into what a channel takes: what does not fit is counted and linked, never cut off silently.
public final class Fitting {

    private Fitting() {}

    /// `envelope` rendered with as many items as fit; when even none does, its plain form, whatever its size.
    public static <T> T render(Envelope envelope, Function<Envelope, T> renderer, Predicate<T> fits) {
        for (var items = envelope.message().items().size(); items >= 0; items--) {
            var rendered = renderer.apply(envelope.first(items));
            if (fits.test(rendered)) {
                return rendered;
            }
        }
        return renderer.apply(envelope.first(0).inPlain());
    }
}
