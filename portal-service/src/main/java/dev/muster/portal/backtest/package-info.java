/// What a scorecard would have done to recorded facts, before it is published.
///
/// Start reading at [Backtests].
@NullMarked
package dev.muster.portal.backtest;

import org.jspecify.annotations.NullMarked;
