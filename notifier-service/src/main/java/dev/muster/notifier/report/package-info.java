/// The weekly report of a team: how its entities stand, what changed their levels, what to fix next, and
/// what ends soon.
/// It is made of what the ledger knows, once for each team and week.
@NullMarked
package dev.muster.notifier.report;

import org.jspecify.annotations.NullMarked;
