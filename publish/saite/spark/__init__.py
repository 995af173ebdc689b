"""A site's pages made by an Apache Spark cluster, to the byte as one machine makes them.

The driver reads and checks the data and makes the tables, as every build does. It writes the quads as N-Quads, and
gives every worker the tables. The workers bring the quads of each resource together (:mod:`grouping`), make its files
with the renderers that a build has, and write them into archives (:mod:`making`); meanwhile the driver makes the
files of the whole, and puts all together (:mod:`publishing`). :mod:`asked` is what a worker has in place of a store;
:mod:`session` starts Spark.
"""
