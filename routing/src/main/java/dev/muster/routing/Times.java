package dev.muster.routing;

import dev.muster.engine.definition.Mistakes;
import dev.muster.engine.definition.Nearest;
import dev.muster.engine.definition.YamlFields;
import dev.muster.engine.definition.YamlNode;
import dev.muster.engine.definition.YamlNode.Mapping;
import dev.muster.engine.definition.YamlNode.Scalar;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads what a routes file says about times: the zone, named mutes, and the mutes and digests that
/// nodes have.
final class Times {

    private static final Set<String> MUTE = Set.of("days", "from", "to", "zone");
    private static final Set<String> DIGEST = Set.of("every", "at", "day", "zone");
    private static final Pattern TIME = Pattern.compile("([01]\\d|2[0-3]):[0-5]\\d");
    private static final LocalTime MORNING = LocalTime.of(9, 0);

    private final Mistakes mistakes;
    private ZoneId zone = ZoneOffset.UTC;
    private final Map<String, MuteTime> named = new LinkedHashMap<>();

    Times(Mistakes mistakes) {
        this.mistakes = mistakes;
    }

    static Times of(YamlFields spec, Mistakes mistakes) {
        var times = new Times(mistakes);
        times.zone = times.zone(spec);
        if (spec.node("mutes") instanceof Mapping all) {
            all.entries().forEach((name, entry) -> times.named.put(name, times.mute(entry.value())));
        } else if (spec.has("mutes")) {
            mistakes.add(spec.place("mutes"), "expected a mapping of names to times");
        }
        return times;
    }

    private ZoneId zone(YamlFields fields) {
        var text = fields.text("zone").orElse(null);
        if (text == null) {
            return zone;
        }
        try {
            return ZoneId.of(text);
        } catch (DateTimeException _) {
            mistakes.add(
                    fields.place("zone"),
                    "no time zone '%s' is known; write one such as Europe/Berlin%s"
                            .formatted(text, Nearest.hint(text, ZoneId.getAvailableZoneIds())));
            return zone;
        }
    }

    private MuteTime mute(YamlNode node) {
        var fields = YamlFields.of(node, mistakes, MUTE);
        return new MuteTime(days(fields), time(fields, "from", null), time(fields, "to", null), zone(fields));
    }

    private Set<DayOfWeek> days(YamlFields fields) {
        if (!fields.has("days")) {
            return EnumSet.allOf(DayOfWeek.class);
        }
        var days = EnumSet.noneOf(DayOfWeek.class);
        var texts = fields.node("days") instanceof Scalar one ? List.of(one.text()) : fields.texts("days");
        for (var text : texts) {
            var range = text.strip().split("-", 2);
            MuteTime.days(range[0], range[range.length - 1])
                    .ifPresentOrElse(
                            days::addAll,
                            () -> mistakes.add(
                                    fields.place("days"),
                                    "'" + text + "' is no day; write mon, tue, wed, thu, fri, sat, sun or mon-fri"));
        }
        return days;
    }

    private LocalTime time(YamlFields fields, String key, @Nullable LocalTime otherwise) {
        if (!fields.has(key) && otherwise != null) {
            return otherwise;
        }
        var text = fields.requiredText(key);
        if (text.equals("24:00")) {
            return LocalTime.MIDNIGHT;
        }
        if (!TIME.matcher(text).matches()) {
            if (!text.isEmpty()) {
                mistakes.add(fields.place(key), "'" + key + "' must be a time such as \"08:30\", is '" + text + "'");
            }
            return LocalTime.MIDNIGHT;
        }
        return LocalTime.parse(text);
    }

    /// The mutes of a node, named or in place.
    List<MuteTime> mutes(YamlFields node) {
        var mutes = new ArrayList<MuteTime>();
        for (var item : node.list("mute")) {
            if (item instanceof Scalar name) {
                var mute = named.get(name.text());
                if (mute == null) {
                    mistakes.add(
                            item,
                            "no mute '%s' stands under spec.mutes%s"
                                    .formatted(name.text(), Nearest.hint(name.text(), named.keySet())));
                } else {
                    mutes.add(mute);
                }
            } else {
                mutes.add(mute(item));
            }
        }
        return mutes;
    }

    /// The digest of a node: a word, or a mapping with the time at which a window ends.
    Digest digest(YamlFields node) {
        if (node.node("digest") instanceof Scalar word) {
            return new Digest(every(word, word.text()), MORNING, DayOfWeek.MONDAY, zone);
        }
        var fields = node.fields("digest", DIGEST);
        return new Digest(
                every(fields.required("every"), fields.text("every").orElse("")),
                time(fields, "at", MORNING),
                day(fields),
                zone(fields));
    }

    private Digest.Every every(YamlNode at, String word) {
        var every = Digest.every(word);
        if (every.isEmpty() && !word.isEmpty()) {
            var words = Arrays.stream(Digest.Every.values())
                    .map(Digest.Every::label)
                    .toList();
            mistakes.add(
                    at,
                    "a digest is immediate, hourly, daily or weekly, not '%s'%s"
                            .formatted(word, Nearest.hint(word, words)));
        }
        return every.orElse(Digest.Every.IMMEDIATE);
    }

    private DayOfWeek day(YamlFields fields) {
        var text = fields.text("day").orElse("mon");
        return MuteTime.day(text).orElseGet(() -> {
            mistakes.add(fields.place("day"), "'" + text + "' is no day; write mon, tue, wed, thu, fri, sat or sun");
            return DayOfWeek.MONDAY;
        });
    }
}
