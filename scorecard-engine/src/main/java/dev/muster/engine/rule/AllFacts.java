package dev.muster.engine.rule;

import dev.cel.common.values.SelectableValue;
import java.util.Optional;
import java.util.function.Function;

/// The value of `facts`: a field for each fact, present when it was ever reported.
final class AllFacts implements SelectableValue<String> {

    private final FactTypes types;
    private final Function<String, Optional<Object>> reported;
    private final Steps steps;

    AllFacts(FactTypes types, Function<String, Optional<Object>> reported, Steps steps) {
        this.types = types;
        this.reported = reported;
        this.steps = steps;
    }

    @Override
    public Object select(String fact) {
        return reported.apply(fact).orElseGet(() -> Zeros.of(types.typeOf(fact), steps));
    }

    @Override
    public Optional<Object> find(String fact) {
        return reported.apply(fact);
    }
}
