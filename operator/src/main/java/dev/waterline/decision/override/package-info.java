/** What people order of a single node by annotation: its meaning and its text. Pure; nothing here decides or writes. */
@NullMarked
package dev.waterline.decision.override;

import org.jspecify.annotations.NullMarked;
