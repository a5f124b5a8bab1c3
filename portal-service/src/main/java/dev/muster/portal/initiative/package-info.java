/// Initiatives: what entities are to reach on a scorecard and by when, how far they are, and how they got there.
///
/// Who is meant is decided when somebody asks, from the entities, results and transitions of the read model, so that a
/// change of any of them shows at once and nothing has to be kept in step.
@NullMarked
package dev.muster.portal.initiative;

import org.jspecify.annotations.NullMarked;
