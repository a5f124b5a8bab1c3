/// Third step: what each entity knows, how it is judged, and when to look again.
///
/// Start reading at [EntitiesStage], then [EntityProcessor]; [Judge] decides, and does nothing else.
@NullMarked
package dev.muster.evaluator.entities;

import org.jspecify.annotations.NullMarked;
