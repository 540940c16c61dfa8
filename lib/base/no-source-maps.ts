// tsx has Node read the source map of every file. That of the build's files is most of the work, and Next shows stack
// traces without them all the same: a server without maps starts a seventh faster, in 60 MB less.
process.setSourceMapsEnabled(false);
