// Set up for every test of a mutant: what holds for three tenths of a second holds, and the same values come every
// time, so that a score can be compared with the one before.
import fc from "fast-check";

fc.configureGlobal({ seed: 1, interruptAfterTimeLimit: 300 });
