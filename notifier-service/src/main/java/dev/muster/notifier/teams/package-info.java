/// The Microsoft Teams channel: cards through a webhook of Workflows.
@NullMarked
package dev.muster.notifier.teams;

import org.jspecify.annotations.NullMarked;
