"""The gallery of templates: what there is, who may use it, and what is done with a whole one."""
