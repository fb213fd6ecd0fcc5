/** cn-hongkong lies outside the mainland: a tunnel or link between it and the mainland crosses the border. */
export const isMainland = (region: string): boolean => region.startsWith('cn-') && region !== 'cn-hongkong';
