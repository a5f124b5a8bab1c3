package dev.muster.engine.rule;

import dev.cel.common.CelOptions;
import dev.cel.common.Operator;
import dev.cel.common.values.CelByteString;
import dev.cel.runtime.CelFunctionBinding;
import dev.cel.runtime.RuntimeEquality;
import dev.cel.runtime.RuntimeHelpers;
import dev.cel.runtime.standard.AddOperator;
import dev.cel.runtime.standard.AddOperator.AddOverload;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/// `+` and `join()` as CEL has them, counted in [Steps]: with them a short expression can make a text or a
/// list as large as it likes, because `[x + x].exists(x, …)` doubles it, and can be nested.
final class Growth {

    private static final String ADD = Operator.ADD.getFunction();

    private static final List<CelFunctionBinding> COUNTED = List.of(
            CelFunctionBinding.from("add_string", String.class, String.class, Growth::sum),
            CelFunctionBinding.from("add_list", List.class, List.class, Growth::sum),
            CelFunctionBinding.from("add_bytes", CelByteString.class, CelByteString.class, Growth::sum));

    private Growth() {}

    /// Both functions as a whole: which `+` is meant may turn out only when it runs.
    static Collection<CelFunctionBinding> bindings(CelOptions options) {
        var numbersAndTimes = AddOperator.create(
                        AddOverload.ADD_INT64,
                        AddOverload.ADD_UINT64,
                        AddOverload.ADD_DOUBLE,
                        AddOverload.ADD_DURATION_DURATION,
                        AddOverload.ADD_DURATION_TIMESTAMP,
                        AddOverload.ADD_TIMESTAMP_DURATION)
                .newFunctionBindings(options, RuntimeEquality.create(RuntimeHelpers.create(), options));
        var sums = new ArrayList<>(COUNTED);
        numbersAndTimes.stream()
                .filter(binding -> binding.getOverloadId().startsWith("add_"))
                .forEach(sums::add);
        var all = new ArrayList<CelFunctionBinding>(CelFunctionBinding.fromOverloads(ADD, sums));
        all.addAll(CelFunctionBinding.fromOverloads(
                "join",
                CelFunctionBinding.from("list_join", List.class, texts -> joined(texts, "")),
                CelFunctionBinding.from("list_join_string", List.class, String.class, Growth::joined)));
        return all;
    }

    private static String sum(String left, String right) {
        Steps.make((long) left.length() + right.length());
        return left + right;
    }

    private static List<Object> sum(List<?> left, List<?> right) {
        Steps.make((long) left.size() + right.size());
        var sum = new ArrayList<Object>(left);
        sum.addAll(right);
        return sum;
    }

    private static CelByteString sum(CelByteString left, CelByteString right) {
        Steps.make((long) left.size() + right.size());
        return left.concat(right);
    }

    private static String joined(List<?> texts, String separator) {
        var joined = new StringBuilder();
        var between = "";
        for (var text : texts) {
            var part = (String) text;
            Steps.make((long) between.length() + part.length());
            joined.append(between).append(part);
            between = separator;
        }
        return joined.toString();
    }

    /// What a value takes up where it is kept: one, and the characters of a text, the items of a list.
    static long size(Object value) {
        return switch (value) {
            case String text -> 1L + text.length();
            case List<?> list -> 1L + list.stream().mapToLong(Growth::size).sum();
            case Map<?, ?> map -> 1L + map.size();
            default -> 1L;
        };
    }
}
