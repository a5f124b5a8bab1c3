/// Who hears of what, and when: the tree of `routes.yaml`, mute times, digests and the matchers that
/// silences use, too.
///
/// **Promises.** Pure: the same routes, change and instant give the same answer, in the notifier and in
/// `./muster route test`. Reads no clock and no file. A file with a mistake is refused as a whole, with
/// every mistake. **Does not promise.** Nothing about what a receiver is: routes know receivers by name
/// only.
///
/// Start reading at [Routes].
@NullMarked
package dev.muster.routing;

import org.jspecify.annotations.NullMarked;
