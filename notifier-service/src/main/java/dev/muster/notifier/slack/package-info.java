/// The Slack channel: incoming webhooks and bots.
@NullMarked
package dev.muster.notifier.slack;

import org.jspecify.annotations.NullMarked;
