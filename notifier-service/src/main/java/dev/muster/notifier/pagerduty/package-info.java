/// The PagerDuty channel: incidents and change events through Events API v2.
@NullMarked
package dev.muster.notifier.pagerduty;

import org.jspecify.annotations.NullMarked;
