/// The templates that messages are made with, and files of the operator in their place.
@NullMarked
package dev.muster.notifier.template;

import org.jspecify.annotations.NullMarked;
